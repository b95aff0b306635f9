package dev.lion.student.gguf;

import dev.lion.student.checkpoint.JsonFile;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.prompt.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What Ollama wants beside a GGUF file: how prompts are written, where answers end, how tokens are drawn.
 *
 * @param gguf the name of the file, which lies in the same folder
 * @param format writes a conversation for the student to answer; empty for one that the student's template refuses
 * @param bos the text of the token that every text begins with; empty for none
 * @param stops texts of the tokens that end an answer, beside the stop strings of {@code decoding}
 * @param contextLength the longest prompt and answer together, in tokens
 * @param decoding how tokens are drawn
 */
public record Modelfile(
        String gguf,
        Function<List<Message>, Optional<String>> format,
        String bos,
        List<String> stops,
        int contextLength,
        DecodingConfig decoding) {
    /** The file's name. */
    public static final String FILE = "Modelfile";

    private static final String QUOTES = "\"\"\"";

    public Modelfile {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(bos, "bos");
        Objects.requireNonNull(decoding, "decoding");
        stops = List.copyOf(stops);
        if (!gguf.matches("[\\w.-]+")) {
            throw new IllegalArgumentException("the name of a file in a Modelfile has letters, digits, '.', '_' and '-'"
                    + " only, but is '" + gguf + "'");
        }
    }

    /** Writes it into a folder, forced to the disk. */
    public void writeTo(Path folder) throws IOException {
        JsonFile.writeBytes(folder.resolve(FILE), text().getBytes(StandardCharsets.UTF_8));
    }

    /** The content of the file. */
    public String text() {
        var lines = new ArrayList<String>();
        lines.add("# For Ollama, in this folder:  ollama create my-student -f Modelfile");
        lines.add("# and then:  ollama run my-student");
        lines.add("FROM ./" + gguf);
        lines.add("");
        lines.add("# As the student was trained: how prompts are written ...");
        lines.add(OllamaTemplate.of(format, bos)
                .map(template -> "TEMPLATE " + QUOTES + template + QUOTES)
                .orElse(
                        "# (The chat template inside the GGUF file cannot be said in Ollama's language by lion. llama.cpp"
                                + " runs it;\n# Ollama takes a template of its own if it knows this one: compare its prompts"
                                + " before you trust its answers.)"));
        lines.add("");
        lines.add("# ... where answers end ...");
        Stream.concat(stops.stream(), decoding.stopStrings().stream())
                .distinct()
                .forEach(stop -> lines.add(stop(stop)));
        lines.add("");
        lines.add("# ... and how tokens are drawn. temperature 0 always takes the likeliest.");
        parameters(lines);
        return String.join("\n", lines) + "\n";
    }

    /** A text with a quotation mark or a line break cannot be a stop: it stays the token that the GGUF file ends at. */
    private static String stop(String text) {
        boolean sayable = !text.contains("\"") && text.chars().noneMatch(Character::isISOControl);
        return sayable
                ? "PARAMETER stop \"" + text + "\""
                : "# (a text that cannot be said here; where it is a token, the GGUF file ends answers at it)";
    }

    private void parameters(List<String> lines) {
        lines.add("PARAMETER temperature " + decoding.temperature());
        lines.add("PARAMETER top_k "
                + (decoding.topK() == Integer.MAX_VALUE ? 0 : decoding.topK())); // 0 cuts nothing off
        lines.add("PARAMETER top_p " + decoding.topP());
        lines.add("PARAMETER min_p " + decoding.minP());
        lines.add("PARAMETER repeat_penalty " + decoding.repetitionPenalty());
        lines.add("PARAMETER num_predict " + Math.min(decoding.maxNewTokens(), contextLength));
        lines.add("PARAMETER num_ctx " + contextLength);
    }
}
