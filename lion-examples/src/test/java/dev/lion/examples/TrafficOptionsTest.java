package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.role.Teacher;
import dev.lion.teacher.ChatCompletionsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class TrafficOptionsTest {
    @TempDir
    private Path temp;

    private static TrafficOptions options(String... args) {
        TrafficOptions options = new TrafficOptions();
        var command = new CommandLine(options);
        command.parseArgs(args);
        options.check(new OptionFaults(command.getCommandSpec())).refuse();
        return options;
    }

    private static ChatModel client(ChatCompletionsServer server) {
        return OpenAiChatModel.builder()
                .baseUrl(server.baseUrl())
                .apiKey("test")
                .modelName("m")
                .maxRetries(0)
                .build();
    }

    @Test
    void open_noOptions_isTheModelItself() throws IOException {
        try (var server = ChatCompletionsServer.start(r -> ChatCompletionsServer.completion("yes"))) {
            ChatModel model = client(server);
            try (var traffic = options().open(model, server.baseUrl())) {
                assertThat(traffic.model()).isSameAs(model);
                assertThat(printed(traffic)).isEmpty();
            }
        }
    }

    @Test
    void open_cacheAndRecording_recordsHitsToo() throws IOException {
        String cache = temp.resolve("cache.db").toString();
        Path record = temp.resolve("calls.jsonl");
        try (var server = ChatCompletionsServer.start(r -> ChatCompletionsServer.completion("yes"))) {
            for (int run = 0; run < 2; run++) {
                var options = options("--cache", cache, "--record", record.toString());
                try (var traffic = options.open(client(server), server.baseUrl())) {
                    assertThat(traffic.model().chat("Say yes")).isEqualTo("yes");
                    assertThat(printed(traffic))
                            .contains(
                                    run == 0
                                            ? "cache: 0 requests at no cost, 1 asked, 1 kept"
                                            : "cache: 1 request at no cost")
                            .contains("recording: 1 call");
                }
            }
            try (var elsewhere = options("--cache", cache).open(client(server), "http://elsewhere/v1")) {
                elsewhere.model().chat("Say yes");
            }
            assertThat(server.requests()).hasSize(2);
        }
        assertThat(Files.readAllLines(record)).hasSize(2);
    }

    @Test
    void knowing_harvest_isNotAskedFor() throws Exception {
        Path harvest =
                Files.writeString(temp.resolve("h.jsonl"), "{\"instruction\":\"Say yes\",\"answer\":\"Yes.\"}\n");
        Teacher teacher = options("--known-answers", harvest.toString()).knowing(i -> Response.of("asked"));
        assertThat(teacher.answer(Instruction.of("Say yes")).usage()).isEqualTo(TokenUsage.FREE);
        assertThat(teacher.answer(Instruction.of("Say no")).text()).isEqualTo("asked");
    }

    @Test
    void check_unusableFiles_areAllNamed() {
        String same = temp.resolve("same").toString();
        assertThatThrownBy(() -> options("--cache", same, "--record", same, "--known-answers", same))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--cache and --record must be different files")
                .hasMessageContaining("--known-answers must be a file");
        assertThatThrownBy(() -> options("--cache", temp.resolve("no/cache").toString(), "--record", temp.toString()))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--cache must be a file in a folder that exists")
                .hasMessageContaining("--record must be a file in a folder that exists");
    }

    private static String printed(TrafficOptions.Traffic traffic) {
        var out = new ByteArrayOutputStream();
        traffic.print(new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }
}
