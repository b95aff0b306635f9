package dev.lion.student.cascade;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What tells one student from another: weights, tokenizer and prompt. Reading a gigabyte takes about a second. */
public final class StudentFingerprint {
    private static final List<String> DESCRIPTIONS = List.of(
            "config.json", "adapter_config.json", "tokenizer.json", "tokenizer_config.json", "chat_template.jinja");

    private static final int BUFFER = 1 << 16;

    private StudentFingerprint() {}

    /** Of a student's folder, or an adapter's alone; the same for a copy elsewhere. */
    public static String of(Path folder) throws IOException {
        MessageDigest digest = sha256();
        for (Path file : files(folder)) {
            digest.update(String.valueOf(file.getFileName()).getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            update(digest, file);
        }
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> isOfTheStudent(String.valueOf(file.getFileName())))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isOfTheStudent(String name) {
        return name.endsWith(".safetensors") || DESCRIPTIONS.contains(name);
    }

    private static void update(MessageDigest digest, Path file) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
