package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.lion.data.Instruction;
import dev.lion.teacher.ChatModelGenerator;
import dev.lion.teacher.ChatModelReferee;
import dev.lion.teacher.ChatModelTeacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class PromptOptionsTest {
    private static final ChatModel NOBODY = new ChatModel() {};

    @TempDir
    private Path folder;

    private static PromptOptions options(String... args) {
        PromptOptions options = new PromptOptions();
        new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(args);
        return options;
    }

    private static void check(PromptOptions options) {
        options.check(new OptionFaults(new CommandLine(options).getCommandSpec()))
                .refuse();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Map<String, String> referee(PromptOptions options) {
        return options.applyTo(ChatModelReferee.builder(NOBODY)).build().fingerprints();
    }

    @Test
    void applyTo_noOptions_changesNothing() {
        PromptOptions none = options();

        check(none);
        assertThat(none.applyTo(ChatModelTeacher.builder(NOBODY)).build().fingerprints())
                .isEqualTo(ChatModelTeacher.of(NOBODY).fingerprints());
        assertThat(referee(none)).isEqualTo(ChatModelReferee.of(NOBODY).fingerprints());
        assertThat(none.applyTo(ChatModelGenerator.builder(NOBODY)).build().fingerprints())
                .isEqualTo(ChatModelGenerator.of(NOBODY).fingerprints());
    }

    @Test
    void applyTo_everyOption_isTaken() throws IOException {
        PromptOptions all = options(
                "--domain", "a bank's desk",
                "--system-prompt", file("desk.txt", "You are {the} desk.").toString(),
                "--prompt", "teacher.user=" + file("user.txt", "Q: {request}"),
                "--prompt", "generator.easy=" + file("easy.txt", "{code} {instruction} Another."),
                "--scale", "1-5",
                "--criterion", "politeness",
                "--criterion", "brevity",
                "--samples", "3",
                "--json-verdicts", "never");

        check(all);
        assertThat(all.applyTo(ChatModelTeacher.builder(NOBODY)).build().fingerprints())
                .containsKey("prompt.teacher.domain")
                .hasEntrySatisfying(
                        "prompt.teacher.system", system -> assertThat(system).startsWith("application's"))
                .hasEntrySatisfying(
                        "prompt.teacher.user", user -> assertThat(user).startsWith("user.txt v1"));
        assertThat(referee(all))
                .containsEntry("referee.scale", "1-5")
                .containsEntry("referee.samples", "3")
                .containsKeys("prompt.referee.domain", "prompt.referee.rules")
                .isNotEqualTo(referee(options("--scale", "1-5", "--samples", "3", "--criterion", "brevity")));
        assertThat(all.applyTo(ChatModelGenerator.builder(NOBODY)).build().fingerprints())
                .hasEntrySatisfying(
                        "prompt.generator.easy.user", easy -> assertThat(easy).startsWith("easy.txt v1"))
                .containsKeys("prompt.generator.domain", "prompt.generator.rules");
    }

    @Test
    void applyTo_teacher_isAskedUnderTheApplicationsPrompt() throws Exception {
        List<ChatRequest> requests = new ArrayList<>();
        var model = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                requests.add(request);
                return ChatResponse.builder()
                        .aiMessage(AiMessage.from("Rhine."))
                        .build();
            }
        };
        options("--system-prompt", file("desk.txt", "You are {the} desk.\n").toString())
                .applyTo(ChatModelTeacher.builder(model))
                .build()
                .answer(Instruction.of("Name a river."));

        assertThat(requests.get(0).messages())
                .containsExactly(SystemMessage.from("You are {the} desk."), UserMessage.from("Name a river."));
    }

    @Test
    void check_faultyPrompts_saysWhatIsWrongWithWhichFile() throws IOException {
        Path file = file("mine.txt", "Judge {frist} and {second}. {format} {code} {instruction}");

        assertThatThrownBy(() -> check(options("--prompt", "referee.user=" + file, "--samples", "0")))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--samples must be from 1 to 25, but is 0");
        assertThatThrownBy(() -> check(options("--prompt", "referee.user=" + file)))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("mine.txt lacks {first}")
                .hasMessageContaining("{frist} (did you mean {first}?)");
        assertThatThrownBy(() -> check(options("--prompt", "referee=" + file)))
                .hasMessageContaining("there is no prompt referee; there are [generator.easy");
        assertThatThrownBy(() -> check(options("--prompt", "teacher.user=" + folder.resolve("gone.txt"))))
                .hasMessageContaining("gone.txt does not exist");
        assertThatThrownBy(() -> check(
                        options("--system-prompt", folder.resolve("none.txt").toString())))
                .hasMessageContaining("none.txt does not exist");
        assertThatThrownBy(() -> check(options("--domain", " "))).hasMessageContaining("the domain must have");
    }

    @ParameterizedTest
    @CsvSource({
        "--scale, 10, a scale is a range",
        "--samples, many, --samples",
        "--json-verdicts, perhaps, --json-verdicts"
    })
    void parse_wrongValue_saysWhatIsExpected(String option, String value, String words) {
        assertThatThrownBy(() -> options(option, value))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(words);
    }

    @Test
    void parse_scales_areThoseOfTheReferee() {
        for (String scale : new String[] {"1-10", "1-5", "0-100", "preference"}) {
            assertThatCode(() -> check(options("--scale", scale))).doesNotThrowAnyException();
            assertThat(referee(options("--scale", scale))).containsEntry("referee.scale", scale);
        }
    }
}
