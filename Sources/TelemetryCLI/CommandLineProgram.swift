/// The program: parse, run, render, exit.
package enum CommandLineProgram {
    /// Runs the command named by the process's arguments and ends the process with its exit code.
    package static func main() {}
}
