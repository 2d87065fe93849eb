import TelemetryCLI

CommandLineProgram.main()
