/// A line of a transcript as Claude Code writes it; what is nil is left out.
func answer(
    _ id: String? = "m1", request: String? = "r1", session: String? = "s1",
    at time: String? = "2026-10-01T10:00:00.000Z", model: String? = "claude-sonnet-4-5",
    usage: String = #"{"input_tokens":10,"output_tokens":5}"#, message: String = "",
    more: String = ""
) -> String {
    var inner = [#""role":"assistant""#, #""content":[{"type":"text","text":"Yes."}]"#]
    if let model { inner.append(#""model":"\#(model)""#) }
    if let id { inner.append(#""id":"\#(id)""#) }
    inner.append(#""usage":\#(usage)"#)
    let members = inner.joined(separator: ",") + message
    var outer = [#""type":"assistant""#, #""message":{\#(members)}"#]
    if let time { outer.append(#""timestamp":"\#(time)""#) }
    if let request { outer.append(#""requestId":"\#(request)""#) }
    if let session { outer.append(#""sessionId":"\#(session)""#) }
    return "{" + outer.joined(separator: ",") + more + "}"
}

/// A usage of this input, whose other members are given as they stand in the line.
func usage(input: Int = 10, output: Int = 5, _ more: String = "") -> String {
    #"{"input_tokens":\#(input),"output_tokens":\#(output)\#(more.isEmpty ? "" : ",")\#(more)}"#
}
