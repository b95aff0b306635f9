package dev.lion.teacher.prompt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text with named placeholders such as <code>{instruction}</code>. A placeholder is a lower-case letter followed by
 * letters or digits, in braces; any other brace is ordinary text. Immutable, so any thread may use it.
 *
 * @param name what the prompt is for, such as {@code referee.system}
 * @param version counted up whenever the text changes, from 1
 * @param text the text; line ends become {@code \n}, and white space at its end is cut off
 */
public record PromptTemplate(String name, int version, String text) {
    /** The most characters that a prompt may have. */
    public static final int MAX_LENGTH = 65_536;

    private static final Map<String, PromptTemplate> BUNDLED = new ConcurrentHashMap<>();

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z][A-Za-z0-9]*)}");

    public PromptTemplate {
        Objects.requireNonNull(name, "name");
        text = text.replace("\r\n", "\n").stripTrailing();
        if (name.isBlank() || version < 1 || text.isBlank()) {
            throw new IllegalArgumentException("a prompt needs a name, a version from 1 and a text, but was '" + name
                    + "' version " + version + " with " + text.length() + " characters");
        }
        usable("the prompt " + name, text);
    }

    /** A prompt of your own, from a string. Its name is for the run manifest and for messages. */
    public static PromptTemplate of(String name, String text) {
        return new PromptTemplate(name, 1, text);
    }

    /**
     * A prompt of your own, from a text file in UTF-8. It is called as the file is.
     *
     * @throws PromptFileException if the file cannot be read, is empty, or is longer than a prompt may be
     */
    public static PromptTemplate read(Path file) {
        String text = PromptFile.read(file);
        try {
            return of(String.valueOf(file.getFileName()), text);
        } catch (IllegalArgumentException e) {
            throw new PromptFileException("the prompt file " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** A text that is not empty and not too long. */
    static String usable(String what, String text) {
        if (text.isBlank() || text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(what + " must have 1 to " + MAX_LENGTH + " characters, but has "
                    + (text.isBlank() ? "none but white space" : text.length()));
        }
        return text;
    }

    /** One of lion's own prompts, from the resource {@code <name>.v<version>.txt} beside this class; read once. */
    static PromptTemplate bundled(String name, int version) {
        return BUNDLED.computeIfAbsent(
                name + ".v" + version + ".txt", resource -> new PromptTemplate(name, version, text(resource)));
    }

    private static String text(String resource) {
        try (InputStream in = PromptTemplate.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no resource " + resource + " beside "
                        + PromptTemplate.class.getName() + ": check name and version");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the prompt " + resource, e);
        }
    }

    /** The names of the placeholders, sorted. */
    public Set<String> placeholders() {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The text with every placeholder replaced, in one pass: a value is never looked into, so braces in it stay as they
     * are.
     *
     * @throws IllegalArgumentException if a placeholder has no value, or a value has no placeholder
     */
    public String fill(Map<String, String> values) {
        Set<String> placeholders = placeholders();
        if (!placeholders.equals(values.keySet())) {
            throw new IllegalArgumentException("the prompt " + name + " version " + version + " has the placeholders "
                    + placeholders + ", but values were given for " + new TreeSet<>(values.keySet()));
        }
        return PLACEHOLDER.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(values, match)));
    }

    private static String value(Map<String, String> values, MatchResult match) {
        return Objects.requireNonNull(values.get(match.group(1)), match.group(1));
    }

    /** Name, version and SHA-256 of the text, such as {@code referee.system v1 sha256:0f3a…}: for the run manifest. */
    public String fingerprint() {
        return name + " v" + version + " sha256:" + sha256();
    }

    /** SHA-256 of the text in UTF-8, as 64 hexadecimal digits. */
    String sha256() {
        return sha256(text);
    }

    static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
