package dev.lion.student.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.student.checkpoint.SpecialTokenIds;
import dev.lion.student.prompt.ChatTemplate;
import dev.lion.student.prompt.Message;
import dev.lion.student.prompt.PromptEncoder;
import dev.lion.student.prompt.PromptFormat;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class GgufTemplateTest {
    private static final String SOURCE = "{%- if not date_string is defined %}{%- set date_string = strftime_now('%d %b"
            + " %Y') %}{%- endif %}{{ date_string }}{%- for message in messages %}{{ message['role'] + ': ' +"
            + " message['content'] + eos_token }}{%- endfor %}{%- if add_generation_prompt %}{{ 'assistant: ' }}"
            + "{%- if enable_thinking %}{{ '' }}{%- endif %}{%- endif %}";

    @Test
    void of_settingsBesideTheTemplate_areInIt() {
        PromptFormat format =
                ChatTemplate.of(SOURCE).withDate(LocalDate.of(2025, 3, 4)).withSystem("Say \"{{ x }}\".");
        var question = List.of(Message.user("Why?"));
        var told = List.of(Message.system("Be kind."), Message.user("Why?"));

        try (var tokenizer = StudentTokenizer.train(List.of("a"), 258)) {
            var model = SpecialTokenIds.of(tokenizer.eosId(), tokenizer.padId());
            var own = new PromptEncoder(tokenizer, model, format);
            var alone = new PromptEncoder(tokenizer, model, ChatTemplate.of(GgufTemplate.of(format)));

            assertThat(alone.text(question))
                    .isEqualTo(own.text(question))
                    .contains("04 Mar 2025", "system: Say \"{{ x }}\".");
            assertThat(alone.text(told)).isEqualTo(own.text(told)).contains("system: Be kind.");
        }
    }
}
