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
import dev.lion.teacher.chat.DependableChatModel;
import java.io.IOException;
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

    private static DependableChatModel model(ChatCompletionsServer server, String address, String... args) {
        return options(args)
                .applyTo(DependableChatModel.builder(client(server)), address)
                .build();
    }

    @Test
    void applyTo_noOptions_asksEachTime() throws IOException {
        try (var server = ChatCompletionsServer.start(r -> ChatCompletionsServer.completion("yes"));
                var model = model(server, "here")) {
            model.chat("Say yes");
            model.chat("Say yes");
            assertThat(server.requests()).hasSize(2);
            assertThat(model.cache()).isEmpty();
        }
    }

    @Test
    void applyTo_cacheAndRecording_asksOnceAndRecordsHitsToo() throws IOException {
        String cache = temp.resolve("cache.db").toString();
        Path record = temp.resolve("calls.jsonl");
        try (var server = ChatCompletionsServer.start(r -> ChatCompletionsServer.completion("yes"))) {
            for (int run = 0; run < 2; run++) {
                try (var model = model(server, "here", "--cache", cache, "--record", record.toString())) {
                    assertThat(model.chat("Say yes")).isEqualTo("yes");
                    assertThat(model.cache().orElseThrow().hits()).isEqualTo(run);
                }
            }
            try (var elsewhere = model(server, "elsewhere", "--cache", cache)) {
                elsewhere.chat("Say yes");
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
        String again = temp.resolve("./same").toString();
        assertThatThrownBy(() -> options("--cache", same, "--record", again))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--cache and --record must be different files");
        assertThatThrownBy(() -> options("--cache", temp.resolve("no/cache").toString(), "--record", temp.toString()))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--cache must be a file in a folder that exists")
                .hasMessageContaining("--record must be a file in a folder that exists");
    }
}
