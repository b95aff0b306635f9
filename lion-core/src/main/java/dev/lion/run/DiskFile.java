package dev.lion.run;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * A file that is being written. An interrupted thread does not disturb it, as it would a channel. For one thread at a time,
 * but for {@link #force}, which may overlap with writes.
 */
class DiskFile extends OutputStream {
    private final RandomAccessFile file;

    /** Opens a file, made when it is missing, to write from its start. */
    DiskFile(Path path) throws IOException {
        file = new RandomAccessFile(path.toFile(), "rw");
    }

    @Override
    public void write(int b) throws IOException {
        file.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        file.write(bytes, offset, length);
    }

    /** Removes what is behind this many bytes, and goes on there. */
    void cutTo(long length) throws IOException {
        file.setLength(length);
        file.seek(length);
    }

    /** Returns once everything written before survives a power failure. */
    void force() throws IOException {
        file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
