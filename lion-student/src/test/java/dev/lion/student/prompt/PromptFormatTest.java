package dev.lion.student.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.Instruction;
import dev.lion.student.checkpoint.CheckpointException;
import dev.lion.student.checkpoint.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptFormatTest {
    @TempDir
    Path folder;

    @Test
    void read_ofFormatThatIsNoObject_saysSo() throws IOException {
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"lion_prompt_format\": \"x\"}");

        assertThatThrownBy(() -> PromptFormat.read(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageEndingWith("lion_prompt_format: is not an object");
    }

    @Test
    void prompt_inAlpaca_isThePapers() {
        assertThat(PromptFormat.alpaca().prompt(Instruction.of("Name a river.")))
                .isEqualTo("### Instruction:\nName a river.\n\n### Response:\n");
        assertThat(PromptFormat.alpaca().prompt(Instruction.of("Translate.", "the cat")))
                .isEqualTo("### Instruction:\nTranslate.\n\n### Input:\nthe cat\n\n### Response:\n");
    }

    @Test
    void prompt_inPlain_isTheWordsAndLineBreaks() {
        assertThat(PromptFormat.plain().prompt(Instruction.of("Name a river."))).isEqualTo("Name a river.\n");
        assertThat(PromptFormat.plain().prompt(Instruction.of("Translate.", "the cat")))
                .isEqualTo("Translate.\nthe cat\n");
    }

    @Test
    void prompt_withPlaceholdersInTheInstruction_leavesThemAlone() {
        assertThat(PromptFormat.plain().prompt(Instruction.of("What is {input} in {instruction}?", "$1 {instruction}")))
                .isEqualTo("What is {input} in {instruction}?\n$1 {instruction}\n");
    }

    @Test
    void read_ofAWrittenFormat_isTheSame() throws IOException {
        var own = InstructionFormat.of("own", "Q: \"{instruction}\"\nA:", "Q: {instruction} [{input}]\nA:");

        own.writeTo(folder);

        assertThat(PromptFormat.read(folder)).contains(own);
    }

    @Test
    void writeTo_besideATemplateOfItsOwnFile_replacesItForOtherTools() throws IOException {
        Path file = folder.resolve("chat_template.jinja");
        Files.writeString(file, "{{ 'the model as it was published' }}");

        PromptFormat.alpaca().writeTo(folder);

        assertThat(file)
                .hasContent(JsonFile.read(folder.resolve("tokenizer_config.json"))
                        .path("chat_template")
                        .asText());
    }

    @Test
    void writeTo_besideOtherFields_keepsThem() throws IOException {
        Files.writeString(
                folder.resolve("tokenizer_config.json"), "{\"eos_token\": \"</s>\", \"chat_template\": \"old\"}");

        PromptFormat.alpaca().writeTo(folder);

        var config = JsonFile.read(folder.resolve("tokenizer_config.json"));
        assertThat(config.path("eos_token").asText()).isEqualTo("</s>");
        assertThat(config.path("chat_template").asText())
                .isEqualTo(PromptFormat.alpaca().chatTemplate());
    }

    /** Jinja of other tools trims line breaks around its blocks, so none that belongs to the prompt may stand there. */
    @Test
    void chatTemplate_ofAlpaca_keepsLineBreaksInsideExpressions() {
        assertThat(PromptFormat.alpaca().chatTemplate())
                .isEqualTo("{% for message in messages %}{% if message['role'] == 'user' %}"
                        + "{{ \"### Instruction:\\n\" + message['content'] + \"\\n\\n### Response:\\n\" }}"
                        + "{% elif message['role'] == 'assistant' %}{{ message['content'] + eos_token }}"
                        + "{% elif message['role'] == 'system' %}{{ message['content'] + \"\\n\\n\" }}"
                        + "{% endif %}{% endfor %}");
    }

    @Test
    void read_ofAModelFromElsewhere_isItsChatTemplateIfAny() throws IOException {
        assertThat(PromptFormat.read(folder)).isEmpty();

        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"chat_template\": \"other\"}");

        assertThat(PromptFormat.read(folder)).contains(ChatTemplate.of("other"));
    }

    @Test
    void read_ofADamagedFormat_namesFileAndFault() throws IOException {
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"lion_prompt_format\": {\"name\": \"x\", \"template\": \"no\"}}");

        assertThatThrownBy(() -> PromptFormat.read(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(
                        folder.resolve("tokenizer_config.json").toString(),
                        "lion_prompt_format",
                        "template must have {instruction} exactly once");
    }

    @Test
    void construction_withSeveralFaults_namesAllOfThem() {
        assertThatThrownBy(() ->
                        InstructionFormat.of("bad", "{instruction} {instruction} {input}", "{input} {instruction}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "template must have {instruction} exactly once",
                        "template is for instructions without an input",
                        "{input} before {instruction}");
    }
}
