#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

import TelemetryFiles
import Testing

@Suite struct ForkCountTests {
    @Test func isAnotherNumberInAForkedChild() throws {
        // Swift hides fork, which only programs written in other languages call.
        let symbol = try #require(dlsym(dlopen(nil, RTLD_NOW), "fork"))
        let fork = unsafeBitCast(symbol, to: (@convention(c) () -> pid_t).self)
        let before = ForkCount.current
        let child = fork()
        if child == 0 { _exit(ForkCount.current == before ? 1 : 0) }
        var status: Int32 = -1
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        #expect(status == 0)
        #expect(ForkCount.current == before)
    }
}
