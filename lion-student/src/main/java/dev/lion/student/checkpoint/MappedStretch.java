package dev.lion.student.checkpoint;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * A stretch of a file in memory, until it is closed: pages of a mapping count as used memory for as long as it exists, and
 * Java leaves its end to the garbage collector, which does not know of it. Where the Java runtime offers no way to end a
 * mapping ({@code jdk.unsupported} is missing), it is left to the collector after all.
 */
final class MappedStretch implements AutoCloseable {
    private static final Optional<MethodHandle> UNMAP = findUnmap();

    private final MappedByteBuffer mapping;

    private MappedStretch(MappedByteBuffer mapping) {
        this.mapping = mapping;
    }

    /** Maps some bytes of a file, at most 2 GiB. */
    static MappedStretch of(FileChannel channel, long begin, long length) throws IOException {
        return new MappedStretch(channel.map(FileChannel.MapMode.READ_ONLY, begin, length));
    }

    /** The bytes; neither they nor a view of them may be touched once this is closed. */
    ByteBuffer littleEndian() {
        return mapping.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        UNMAP.ifPresent(this::unmap);
    }

    private void unmap(MethodHandle handle) {
        try {
            handle.invoke(mapping);
        } catch (Throwable e) {
            throw new IllegalStateException("a mapped stretch of a file could not be given back", e);
        }
    }

    private static Optional<MethodHandle> findUnmap() {
        try {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field instance = type.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            return Optional.of(MethodHandles.lookup()
                    .findVirtual(type, "invokeCleaner", MethodType.methodType(void.class, ByteBuffer.class))
                    .bindTo(instance.get(type)));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
