package dev.lion.teacher;

import static dev.lion.teacher.ChatCompletionsServer.completion;
import static dev.lion.teacher.ChatCompletionsServer.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lion.data.Difficulty;
import dev.lion.data.Instruction;
import dev.lion.data.TokenUsage;
import dev.lion.role.GenerationRequest;
import dev.lion.role.GenerationResponse;
import dev.lion.teacher.ChatCompletionsServer.Reply;
import dev.lion.teacher.prompt.ChatPrompt;
import dev.lion.teacher.prompt.PromptTemplate;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChatModelGeneratorTest {
    private static final String SHORT = "Name three rivers.";

    @Test
    void generate_defaults_sendsTheFramedSeedWithThePapersSettings() throws Exception {
        String seed = "word ".repeat(40).strip();
        JsonNode request = requestFor(Instruction.of(seed, "and an input"), builder -> builder);

        assertThat(request.get("temperature").asDouble()).isEqualTo(1.0);
        assertThat(request.get("top_p").asDouble()).isEqualTo(1.0);
        assertThat(request.get("max_tokens").asInt()).isEqualTo(4 * 43);
        assertThat(message(request, "user"))
                .containsPattern("BEGIN EXAMPLE ([0-9a-f]{16})>>>\n" + seed + "\nand an input\n<<<END EXAMPLE \\1>>>");
    }

    @Test
    void generate_shortSeed_sendsTheFloor() throws Exception {
        assertThat(requestFor(Instruction.of(SHORT), builder -> builder)
                        .get("max_tokens")
                        .asInt())
                .isEqualTo(64);
    }

    @Test
    void generate_seedWithoutSpaces_countsLettersAsWords() throws Exception {
        assertThat(requestFor(Instruction.of("請".repeat(50)), builder -> builder)
                        .get("max_tokens")
                        .asInt())
                .isEqualTo(4 * 51);
    }

    @Test
    void generate_ownLimit_isSent() throws Exception {
        assertThat(requestFor(Instruction.of(SHORT), builder -> builder.outputTokens(10, 5))
                        .get("max_tokens")
                        .asInt())
                .isEqualTo(30);
    }

    @Test
    void generate_modelDefaults_sendsNone() throws Exception {
        JsonNode request = requestFor(
                Instruction.of(SHORT),
                builder -> builder.modelDefaultOutputLimit().sampling(Sampling.modelDefault()));

        assertThat(request.has("max_tokens")).isFalse();
        assertThat(request.has("temperature")).isFalse();
    }

    @Test
    void generate_unusableReply_reportsItsTokensAllTheSame() throws Exception {
        try (var server = ChatCompletionsServer.start(request -> completion("", "length", 90, 64))) {
            var response = ChatModelGenerator.of(ChatModelFixture.model(server)).generate(request(Difficulty.HARD, 1));

            assertThat(response)
                    .isEqualTo(new GenerationResponse(
                            List.of(), new TokenUsage(90, 64), Map.of(GenerationResponse.CUT_BY_LENGTH, 1)));
        }
    }

    @Test
    void generate_hardAndEasy_askForDifferentThings() throws Exception {
        try (var server = ChatCompletionsServer.start(request -> completion("Name four lakes."))) {
            var generator = ChatModelGenerator.of(ChatModelFixture.model(server));
            generator.generate(request(Difficulty.HARD, 1));
            generator.generate(request(Difficulty.EASY, 1));

            assertThat(server.requests())
                    .extracting(request -> message(request, "user"))
                    .satisfiesExactly(
                            hard -> assertThat(hard).contains("same field of knowledge", "same kind of work"),
                            easy -> assertThat(easy)
                                    .contains("same field of knowledge", "much less common")
                                    .doesNotContain("same kind of work"));
        }
    }

    @Test
    void generate_ownPrompts_areSentByDifficulty() throws Exception {
        try (var server = ChatCompletionsServer.start(request -> completion("Name four lakes."))) {
            var generator = ChatModelGenerator.builder(ChatModelFixture.model(server))
                    .hardPrompt(prompt("hard"))
                    .easyPrompt(prompt("easy"))
                    .build();
            generator.generate(request(Difficulty.HARD, 1));
            generator.generate(request(Difficulty.EASY, 1));

            assertThat(server.requests())
                    .extracting(request -> message(request, "system"))
                    .containsExactly("hard", "easy");
            assertThat(generator.fingerprints().get("prompt.generator.easy.system"))
                    .startsWith("easy v3 sha256:");
        }
    }

    @Test
    void generate_otherRandomSeed_isAnotherRequest() throws Exception {
        try (var server = ChatCompletionsServer.start(request -> completion("Name four lakes."))) {
            var generator = ChatModelGenerator.of(ChatModelFixture.model(server));
            generator.generate(request(Difficulty.HARD, 1));
            generator.generate(request(Difficulty.HARD, 1));
            generator.generate(request(Difficulty.HARD, 2));

            assertThat(server.requests().get(1)).isEqualTo(server.requests().get(0));
            assertThat(server.requests().get(2)).isNotEqualTo(server.requests().get(0));
        }
    }

    @ParameterizedTest
    @EnumSource(Difficulty.class)
    void generate_reply_isOneInstructionWithoutInput(Difficulty difficulty) throws Exception {
        assertThat(generated(completion("**New task:** \"Name four lakes.\"\n"), difficulty))
                .containsExactly(Instruction.of("Name four lakes."));
    }

    @Test
    void generate_replyCutByLength_isNone() throws Exception {
        assertThat(generated(completion("Name four lakes in", "length", 9, 9), Difficulty.HARD))
                .isEmpty();
    }

    @Test
    void generate_replyWithheld_isNone() throws Exception {
        assertThat(generated(completion("Name four", "content_filter", 9, 9), Difficulty.HARD))
                .isEmpty();
    }

    @Test
    void generate_emptyReply_isNone() throws Exception {
        assertThat(generated(completion(" \n"), Difficulty.EASY)).isEmpty();
    }

    @Test
    void builder_faultyLimits_areRefused() throws Exception {
        try (var server = ChatCompletionsServer.start(request -> completion("x"))) {
            var builder = ChatModelGenerator.builder(ChatModelFixture.model(server));

            assertThatThrownBy(() -> builder.outputTokens(0, 64)).hasMessage("perWord must be 1 or more: 0");
            assertThatThrownBy(() -> builder.outputTokens(4, -1)).hasMessage("atLeast must be 1 or more: -1");
            assertThatThrownBy(() -> builder.perCall(0)).hasMessage("perCall must be from 1 to 50: 0");
            assertThatThrownBy(() -> builder.hardPrompt(ChatPrompt.GENERATOR_HARD)
                            .perCall(2)
                            .build())
                    .hasMessageContaining("lacks {count}; it must have {code}, {count}, {instruction}");
            assertThatThrownBy(() ->
                            builder.perCall(1).hardPrompt(ChatPrompt.TEACHER).build())
                    .hasMessageContaining("it must have {code}, {instruction}");
        }
    }

    private static List<Instruction> generated(Reply reply, Difficulty difficulty) throws Exception {
        try (var server = ChatCompletionsServer.start(request -> reply)) {
            return ChatModelGenerator.of(ChatModelFixture.model(server))
                    .generate(request(difficulty, 1))
                    .instructions();
        }
    }

    private static JsonNode requestFor(Instruction parent, UnaryOperator<ChatModelGenerator.Builder> settings)
            throws Exception {
        try (var server = ChatCompletionsServer.start(request -> completion("Name four lakes."))) {
            settings.apply(ChatModelGenerator.builder(ChatModelFixture.model(server)))
                    .build()
                    .generate(new GenerationRequest(parent, Difficulty.HARD, 1, 0));
            return server.requests().get(0);
        }
    }

    private static GenerationRequest request(Difficulty difficulty, long randomSeed) {
        return new GenerationRequest(Instruction.of(SHORT), difficulty, 1, randomSeed);
    }

    private static ChatPrompt prompt(String system) {
        return new ChatPrompt(
                new PromptTemplate(system, 3, system), new PromptTemplate("user", 1, "{code} {instruction}"));
    }
}
