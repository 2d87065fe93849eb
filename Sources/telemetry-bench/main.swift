BenchmarkProgram.main()
