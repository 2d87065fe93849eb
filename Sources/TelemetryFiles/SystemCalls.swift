#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

// System calls whose names methods of ours would hide.

/// `read(2)`.
func systemRead(_ number: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    read(number, buffer.baseAddress, buffer.count)
}

/// `write(2)`.
func systemWrite(_ number: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
    write(number, buffer.baseAddress, buffer.count)
}

/// The calling thread's `errno`.
func systemErrorNumber() -> Int32 { errno }
