package dev.lion.student.decoder;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the file format of {@code torch.jit.save}: a stored zip of the source, a pickle of the one object, and constants.
 *
 * @param className the class that the source defines, without {@code __torch__.}
 * @param source TorchScript in its serialised dialect
 * @param attributes the object's attributes by name: {@link Boolean}, {@link Integer} or {@link Double}
 */
record TorchScriptArchive(String className, String source, Map<String, ?> attributes) {
    private static final String ROOT = "module/";
    private static final byte[] EMPTY_TUPLE = {(byte) 0x80, 2, ')', '.'};

    /** Writes the archive and leaves the stream open. */
    void writeTo(OutputStream out) throws IOException {
        var zip = new ZipOutputStream(out);
        store(zip, "data.pkl", pickle());
        store(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
        store(zip, "constants.pkl", EMPTY_TUPLE);
        store(zip, "version", "10\n".getBytes(StandardCharsets.US_ASCII));
        zip.finish();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        var crc = new CRC32();
        crc.update(content);
        var entry = new ZipEntry(ROOT + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /** Protocol 2: a new object of the class, whose state is a dictionary of the attributes. */
    private byte[] pickle() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.write(new byte[] {(byte) 0x80, 2, 'c'}); // PROTO 2, GLOBAL
            out.writeBytes("__torch__\n" + className + "\n");
            out.write(new byte[] {')', (byte) 0x81, '}', '('}); // EMPTY_TUPLE, NEWOBJ, EMPTY_DICT, MARK
            for (var attribute : attributes.entrySet()) {
                pickleText(out, attribute.getKey());
                pickleValue(out, attribute.getValue());
            }
            out.write(new byte[] {'u', 'b', '.'}); // SETITEMS, BUILD, STOP
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void pickleText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write('X'); // BINUNICODE
        out.writeInt(Integer.reverseBytes(bytes.length));
        out.write(bytes);
    }

    private static void pickleValue(DataOutputStream out, Object value) throws IOException {
        if (value instanceof Boolean truth) {
            out.write(truth ? 0x88 : 0x89); // NEWTRUE, NEWFALSE
        } else if (value instanceof Integer number) {
            out.write('J'); // BININT
            out.writeInt(Integer.reverseBytes(number));
        } else if (value instanceof Double number) {
            out.write('G'); // BINFLOAT
            out.writeDouble(number);
        } else {
            throw new IllegalArgumentException("a TorchScript attribute cannot be a " + value.getClass());
        }
    }
}
