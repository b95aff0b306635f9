package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lion.data.Difficulty;
import dev.lion.data.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.PaidRole;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.role.Comparison;
import dev.lion.role.GenerationRequest;
import dev.lion.teacher.ChatCompletionsServer;
import dev.lion.teacher.MessagesServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

class ProviderOptionsTest {
    private static final String KEY = "sk-secret-0123456789";
    private static final Instruction QUESTION = Instruction.of("What is the capital of France?");
    private static final Map<String, String> KEYS = Map.of(
            "OPENAI_API_KEY",
            KEY,
            "ANTHROPIC_API_KEY",
            KEY + "\n",
            "OWN_KEY",
            "own-" + KEY,
            "TORN_KEY",
            KEY + "\n" + KEY);

    @Command(name = "probe")
    private static final class Probe implements Runnable {
        @Spec
        private @Nullable CommandSpec command;

        @Mixin
        private final ProviderOptions options;

        Probe(Map<String, String> environment) {
            options = new ProviderOptions(name -> Optional.ofNullable(environment.get(name)));
        }

        @Override
        public void run() {}

        ProviderOptions checked() {
            OptionFaults faults = new OptionFaults(Objects.requireNonNull(command));
            options.check(faults).refuse();
            return options;
        }
    }

    private static ProviderOptions options(Map<String, String> environment, String... arguments) {
        Probe probe = new Probe(environment);
        List<String> all = new ArrayList<>(List.of("--teacher-model", "big"));
        all.addAll(List.of(arguments));
        new CommandLine(probe).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(all.toArray(String[]::new));
        return probe.checked();
    }

    private static ProviderOptions options(String... arguments) {
        return options(KEYS, arguments);
    }

    private static Response ask(ProviderOptions options) throws Exception {
        return options.teacher(options.model()).build().answer(QUESTION);
    }

    @Test
    void model_openai_asksForACompletionWithTheKey() throws Exception {
        try (var server = ChatCompletionsServer.start(request -> ChatCompletionsServer.completion("Paris"))) {
            assertThat(ask(options("--teacher-url", server.baseUrl())))
                    .isEqualTo(new Response("Paris", FinishReason.STOP, new TokenUsage(11, 7)));
            assertThat(server.requests().get(0).get("model").asText()).isEqualTo("big");
            assertThat(server.authorizations()).containsExactly("Bearer " + KEY);
        }
    }

    @Test
    void model_openaiServerOfOnesOwn_needsNoKey() throws Exception {
        try (var server = ChatCompletionsServer.start(request -> ChatCompletionsServer.completion("Paris"))) {
            ask(options(Map.of(), "--teacher-url", server.baseUrl()));

            assertThat(server.authorizations()).containsExactly("Bearer none");
        }
    }

    @Test
    void model_anthropic_asksForAMessageWithTheKey() throws Exception {
        try (var server = MessagesServer.start(request -> MessagesServer.message("Paris"))) {
            assertThat(ask(options("--provider", "anthropic", "--teacher-url", server.baseUrl())))
                    .isEqualTo(new Response("Paris", FinishReason.STOP, new TokenUsage(11, 7)));
            assertThat(server.header("x-api-key")).containsExactly(KEY);
        }
    }

    @ParameterizedTest
    @CsvSource({"stop, STOP", "length, LENGTH"})
    void model_ollama_asksInAChatWithoutAKey(String reason, FinishReason expected) throws Exception {
        try (var server =
                ChatCompletionsServer.start(OllamaProtocol.PATH, request -> OllamaProtocol.message("Paris", reason))) {
            assertThat(ask(options("--provider", "ollama", "--teacher-url", server.root())))
                    .isEqualTo(new Response("Paris", expected, new TokenUsage(11, 7)));
            JsonNode request = server.requests().get(0);
            assertThat(request.at("/options/num_predict").asInt()).isEqualTo(1024);
            assertThat(request.at("/options/num_ctx").asInt()).isEqualTo(8192);
            assertThat(server.authorizations()).containsExactly("null");
        }
    }

    @Test
    void model_hostedOllama_sendsTheNamedKey() throws Exception {
        try (var server =
                ChatCompletionsServer.start(OllamaProtocol.PATH, request -> OllamaProtocol.message("Paris", "stop"))) {
            ask(options("--provider", "ollama", "--teacher-url", server.root(), "--key-env", "OWN_KEY"));

            assertThat(server.authorizations()).containsExactly("Bearer own-" + KEY);
        }
    }

    @Test
    void roles_otherModels_areNamedInTheirRequests() throws Exception {
        try (var server = ChatCompletionsServer.start(
                request -> ChatCompletionsServer.completion("Score of answer 1: 5\nScore of answer 2: 5"))) {
            ProviderOptions options = options(
                    "--teacher-url", server.baseUrl(), "--referee-model", "judge", "--generator-model", "inventor");
            askAll(options);

            assertThat(server.requests())
                    .extracting(request -> request.get("model").asText())
                    .containsExactly("big", "judge", "inventor");
            assertThat(options.modelName(PaidRole.REFEREE)).isEqualTo("judge");
            assertThat(options.modelName(PaidRole.TEACHER)).isEqualTo("big");
            assertThat(options.settings())
                    .containsEntry("referee.model", "judge")
                    .containsEntry("generator.model", "inventor");
        }
    }

    private static void askAll(ProviderOptions options) throws Exception {
        ask(options);
        options.referee(options.model())
                .build()
                .judge(new Comparison(QUESTION, Response.of("Paris"), Response.of("Rome")));
        options.generator(options.model()).build().generate(new GenerationRequest(QUESTION, Difficulty.HARD, 1, 1));
    }

    @Test
    void roles_anthropic_neverSendTemperatureAndTopPTogether() throws Exception {
        try (var server = MessagesServer.start(request -> MessagesServer.message("No scores"))) {
            askAll(options("--provider", "anthropic", "--teacher-url", server.baseUrl()));

            assertThat(server.requests())
                    .hasSize(3)
                    .allSatisfy(request -> assertThat(request.has("top_p")).isFalse());
        }
    }

    @Test
    void roles_reasoningLimit_sendNoTemperatureAndKnowTheirMost() throws Exception {
        try (var server = ChatCompletionsServer.start(request -> ChatCompletionsServer.completion("No scores"))) {
            ProviderOptions options = options("--teacher-url", server.baseUrl(), "--reasoning-limit", "9000");
            askAll(options);

            assertThat(server.requests()).hasSize(3).allSatisfy(request -> {
                assertThat(request.has("temperature")).isFalse();
                assertThat(request.has("max_tokens")).isFalse();
            });
            assertThat(options.teacher(options.model())
                            .build()
                            .mostTokens(QUESTION)
                            .orElseThrow()
                            .outputTokens())
                    .isEqualTo(9000);
        }
        try (var server = MessagesServer.start(request -> MessagesServer.message("Paris"))) {
            ask(options("--provider", "anthropic", "--teacher-url", server.baseUrl(), "--reasoning-limit", "9000"));

            assertThat(server.requests().get(0).get("max_tokens").asInt()).isEqualTo(9000);
        }
    }

    @Test
    void settings_usualUrl_isNamedAndAKeyInAUrlIsNot() {
        assertThat(options().settings())
                .containsExactly(
                        Map.entry("teacher.model", "big"), Map.entry("teacher.url", "https://api.openai.com/v1"));
        assertThat(options("--provider", "ollama").settings())
                .containsEntry("teacher.url", "http://localhost:11434")
                .containsEntry("teacher.provider", "ollama");
        assertThat(options("--teacher-url", "https://user:" + KEY + "@host/v1?key=" + KEY)
                        .settings()
                        .toString())
                .doesNotContain(KEY);
    }

    @Test
    void access_text_holdsNoKey() {
        assertThat(new Provider.Access("http://" + KEY + "@host", "big", Optional.of(KEY), OptionalInt.empty()))
                .asString()
                .doesNotContain(KEY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --provider anthropic --key-env UNSET | no key for anthropic: set the environment variable UNSET
                    --key-env UNSET | no key for openai: set the environment variable UNSET, or name another with --key-env
                    --provider ollama --key-env UNSET | --key-env names UNSET, which is not set; ollama needs no key
                    --teacher-url host/v1 | --teacher-url must be a full URL
                    --referee-model= | --referee-model must be the name of a model
                    --reasoning-limit 0 | --reasoning-limit must be 1 or more, but is 0
                    --provider mistral | '--provider'
                    --key-env TORN_KEY | the key in TORN_KEY holds blanks or characters that no header may have
                    """)
    void check_wrongCombination_isRefusedWithoutTheKey(String arguments, String words) {
        assertThatThrownBy(() -> options(arguments.split(" ")))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining(KEY);
    }

    @Test
    void check_noKeyAtAll_namesTheUsualVariable() {
        assertThatThrownBy(() -> options(Map.of(), "--provider", "anthropic"))
                .hasMessageContaining("set the environment variable ANTHROPIC_API_KEY");
        assertThatThrownBy(() -> options(Map.of()))
                .hasMessageContaining("set the environment variable OPENAI_API_KEY")
                .hasMessageContaining("a server of your own is named by --teacher-url");
    }
}
