package dev.lion.student.gguf;

import dev.lion.student.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads a GGUF file's header from front to back; no length in it is believed beyond what the file has. */
final class GgufCursor {
    private static final int BUFFER = 1 << 16;

    /** A chat template is the longest text; lion renders none of a mebibyte. */
    private static final int LONGEST_TEXT = 1 << 24;

    private final Path file;
    private final FileChannel channel;
    private final long size;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN).flip();
    private long next;

    GgufCursor(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.size = channel.size();
    }

    /** The place of what is read next. */
    long place() {
        return next - buffer.remaining();
    }

    long remaining() {
        return size - place();
    }

    int int8() throws IOException {
        return require(Byte.BYTES).get();
    }

    int int16() throws IOException {
        return require(Short.BYTES).getShort();
    }

    int int32() throws IOException {
        return require(Integer.BYTES).getInt();
    }

    long int64() throws IOException {
        return require(Long.BYTES).getLong();
    }

    float float32() throws IOException {
        return require(Float.BYTES).getFloat();
    }

    double float64() throws IOException {
        return require(Double.BYTES).getDouble();
    }

    /** A count of things of which each takes at least so many bytes. */
    int count(String what, int bytesEach, int most) throws IOException {
        long count = int64();
        if (count < 0 || count > most || count > remaining() / bytesEach) {
            throw damaged("it says that it has " + Long.toUnsignedString(count) + " " + what
                    + (count < 0 || count > most ? ", more than any model" : ", more than the file has room for"));
        }
        return (int) count;
    }

    String text() throws IOException {
        int length = count("bytes in a text", 1, LONGEST_TEXT);
        var bytes = new byte[length];
        for (int done = 0; done < length; ) {
            var some = require(1);
            int taken = Math.min(some.remaining(), length - done);
            some.get(bytes, done, taken);
            done += taken;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw damaged("a text before byte " + place() + " is not UTF-8");
        }
    }

    private ByteBuffer require(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            buffer.compact();
            while (buffer.position() < bytes) {
                int read = channel.read(buffer, next);
                if (read < 0) {
                    throw damaged("it ends at byte " + next + ", within its header; was it cut off?");
                }
                next += read;
            }
            buffer.flip();
        }
        return buffer;
    }

    CheckpointException damaged(String fault) {
        return new CheckpointException(file + ": not a sound GGUF file: " + fault);
    }
}
