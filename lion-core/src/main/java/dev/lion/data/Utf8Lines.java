package dev.lion.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The lines of a UTF-8 file, one after another, without ever replacing bytes that are not UTF-8. A line ends with {@code
 * \n} or {@code \r\n}, and has at most 64 MiB; a byte order mark at the start is skipped. For one thread.
 */
public final class Utf8Lines implements Closeable {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private static final int MOST_BYTES = 64 << 20;

    private final Path file;
    private final InputStream in;
    private long number;
    private long offset;

    /** Opens a file; the caller closes it. */
    public Utf8Lines(Path file) throws IOException {
        this.file = file;
        in = new BufferedInputStream(new FileInputStream(file.toFile()), 1 << 16);
        in.mark(BYTE_ORDER_MARK.length);
        if (Arrays.equals(in.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
            offset = BYTE_ORDER_MARK.length;
        } else {
            in.reset();
        }
    }

    /**
     * One line.
     *
     * @param number from 1
     * @param start offset of its first byte in the file
     * @param bytes its contents without the line end
     * @param terminated whether a line end follows; only the last line of a file may lack one
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, by the loop that asked for the line
    public record Line(long number, long start, byte[] bytes, boolean terminated) {
        /** The contents as text; empty when the bytes are not UTF-8. */
        public Optional<String> text() {
            try {
                return Optional.of(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString());
            } catch (CharacterCodingException e) {
                return Optional.empty();
            }
        }
    }

    /**
     * The next line; empty at the end of the file.
     *
     * @throws IOException when the file cannot be read, or the line has more than 64 MiB; the message names the line
     */
    public Optional<Line> next() throws IOException {
        long start = offset;
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b = in.read();
        while (b != '\n' && b >= 0) {
            if (line.size() == MOST_BYTES) {
                throw new IOException(file + ": line " + (number + 1)
                        + " has more than 64 MiB; is it a text file? A list of entries takes a line for each");
            }
            line.write(b);
            b = in.read();
        }
        boolean terminated = b == '\n';
        if (!terminated && line.size() == 0) {
            return Optional.empty();
        }
        offset += line.size() + (terminated ? 1 : 0);
        return Optional.of(new Line(++number, start, withoutCarriageReturn(line.toByteArray()), terminated));
    }

    /** Offset of the next line. */
    public long position() {
        return offset;
    }

    private static byte[] withoutCarriageReturn(byte[] bytes) {
        boolean carriageReturn = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        return carriageReturn ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
