package dev.lion.student.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.lion.data.Demonstration;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Response;
import dev.lion.student.checkpoint.SpecialTokenIds;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Tokenizers as models are published with them, which are not part of the repository: the environment variable {@code
 * LION_TOKENIZERS} names a folder of folders with {@code tokenizer.json}, {@code tokenizer_config.json} and, in it or beside
 * it, a chat template.
 */
class PublishedTokenizersTest {
    private static final Optional<String> FOLDER = Optional.ofNullable(System.getenv("LION_TOKENIZERS"));
    private static final int TEXTS = 2000;

    private static List<Path> tokenizers() throws IOException {
        assumeTrue(FOLDER.isPresent(), "skipped: LION_TOKENIZERS names no folder of published tokenizers");
        try (var folders = Files.list(Path.of(FOLDER.orElseThrow()))) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    @Test
    void encode_ordinaryTexts_isWhatTheUnchangedTokenizersGive() throws IOException {
        for (Path folder : tokenizers()) {
            checkOrdinaryTexts(folder);
        }
    }

    private static void checkOrdinaryTexts(Path folder) throws IOException {
        try (var own = StudentTokenizer.read(folder);
                var theirs = unchanged(folder)) {
            for (String text : texts()) {
                int[] tokens = own.encode(text);
                assertThat(tokens).as(text).isEqualTo(ids(theirs, text));
                assertThat(own.decode(tokens))
                        .as(text)
                        .isEqualTo(
                                theirs.decode(theirs.encode(text, false, false).getIds(), true));
            }
        }
    }

    @Test
    void sequence_ofHarmlessWords_isTheRenderedTextsTokens() throws IOException {
        for (Path folder : tokenizers()) {
            var format = PromptFormat.read(folder);
            if (format.isPresent()) {
                checkRenderedTexts(folder, format.get());
            }
        }
    }

    private static void checkRenderedTexts(Path folder, PromptFormat format) throws IOException {
        try (var own = StudentTokenizer.read(folder);
                var theirs = unchanged(folder)) {
            var model = new SpecialTokenIds(OptionalInt.empty(), List.of(own.eosId()), OptionalInt.empty());
            var encoder = new PromptEncoder(own, model, format);
            var renderer = new Renderer(format, own, "");
            for (String text : texts().subList(0, 100)) {
                var turns = List.of(Turn.of(Message.user(text)));
                String rendered = renderer.render(turns, true, '\uE000').text().replace("\uE000", "");
                var bos = IntStream.of(ids(theirs, rendered));
                assertThat(encoder.prompt(Instruction.of(text)))
                        .as(rendered)
                        .isEqualTo(withOne(own.addedBosId(), bos.toArray()));
                checkLearnt(encoder, own, text);
            }
        }
    }

    private static void checkLearnt(PromptEncoder encoder, StudentTokenizer own, String answer) {
        var instruction = Instruction.of("What is said?");
        var sequence = encoder.sequence(new Demonstration(instruction, Response.of(answer)))
                .orElseThrow();
        int[] learnt = IntStream.range(0, sequence.length())
                .filter(sequence::isLearnt)
                .map(sequence::token)
                .toArray();
        assertThat(learnt[learnt.length - 1]).isEqualTo(encoder.end());
        assertThat(Arrays.stream(learnt).filter(token -> token == encoder.end()))
                .hasSize(1);
        assertThat(sequence.promptLength()).isEqualTo(encoder.prompt(instruction).length);
        assertThat(own.decode(learnt).strip()).isEqualTo(answer.strip());
    }

    /** The token that the tokenizer begins texts with, unless the template has written it. */
    private static int[] withOne(OptionalInt bos, int[] tokens) {
        return bos.isEmpty() || tokens[0] == bos.getAsInt()
                ? tokens
                : IntStream.concat(bos.stream(), IntStream.of(tokens)).toArray();
    }

    private static HuggingFaceTokenizer unchanged(Path folder) throws IOException {
        var options = Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");
        return HuggingFaceTokenizer.newInstance(folder.resolve("tokenizer.json"), options);
    }

    private static int[] ids(HuggingFaceTokenizer tokenizer, String text) {
        return Arrays.stream(tokenizer.encode(text, false, false).getIds())
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    private static List<String> texts() {
        Path data = Path.of(Optional.ofNullable(System.getenv("LION_DATA")).orElse("../../shared/data"));
        Path file = data.resolve("instructions-42k.jsonl");
        assumeTrue(Files.isRegularFile(file), file + " is not there; set LION_DATA");
        return InstructionPool.read(file).instructions().stream()
                .map(Instruction::fullText)
                .limit(TEXTS)
                .toList();
    }
}
