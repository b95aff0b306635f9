package dev.lion.teacher.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PromptSetTest {
    private static final PromptTemplate OWN = PromptTemplate.of("own", "Be brief.");

    @Test
    void defaults_areLionsOwn() {
        assertThat(PromptSet.defaults().teacher()).isEqualTo(ChatPrompt.TEACHER);
        assertThat(PromptSet.defaults().referee()).isEqualTo(ChatPrompt.REFEREE);
        assertThat(PromptSet.defaults().generatorHard()).isEqualTo(ChatPrompt.GENERATOR_HARD);
        assertThat(PromptSet.defaults().generatorEasy()).isEqualTo(ChatPrompt.GENERATOR_EASY);
        assertThat(PromptSet.defaults().severalHard()).isEqualTo(ChatPrompt.SEVERAL_HARD);
        assertThat(PromptSet.defaults().severalEasy()).isEqualTo(ChatPrompt.SEVERAL_EASY);
        assertThat(PromptSet.defaults().inputsHard()).isEqualTo(ChatPrompt.INPUTS_HARD);
        assertThat(PromptSet.defaults().inputsEasy()).isEqualTo(ChatPrompt.INPUTS_EASY);
    }

    @Test
    void with_everyName_changesThatPlaceAlone() {
        for (String name : PromptSet.names()) {
            PromptSet set = PromptSet.defaults().with(name, OWN);

            assertThat(set.teacher().equals(ChatPrompt.TEACHER)).isEqualTo(!name.startsWith("teacher."));
            assertThat(set.referee().equals(ChatPrompt.REFEREE)).isEqualTo(!name.startsWith("referee."));
            assertThat(set.generatorHard().equals(ChatPrompt.GENERATOR_HARD))
                    .isEqualTo(!name.equals("generator.system") && !name.equals("generator.hard"));
            assertThat(set.generatorEasy().equals(ChatPrompt.GENERATOR_EASY))
                    .isEqualTo(!name.equals("generator.system") && !name.equals("generator.easy"));
        }
    }

    @Test
    void with_unknownName_namesThoseThereAre() {
        assertThatThrownBy(() -> PromptSet.defaults().with("referee", OWN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no prompt referee;")
                .hasMessageContaining("referee.system");
    }
}
