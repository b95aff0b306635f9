package dev.lion.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.strategy.StudentStart.Origin;
import org.junit.jupiter.api.Test;

class StudentStartTest {
    @Test
    void present_neverStartsFromTheBaseAndNeedsNone() {
        assertThat(StudentStart.present().origin(3)).isEqualTo(Origin.PRESENT);
        assertThat(StudentStart.present().needsBase()).isFalse();
        assertThat(StudentStart.present().description()).isEqualTo("present");
    }

    @Test
    void base_alwaysStartsFromTheBaseAndNeedsIt() {
        assertThat(StudentStart.base().origin(3)).isEqualTo(Origin.BASE);
        assertThat(StudentStart.base().needsBase()).isTrue();
        assertThat(StudentStart.base().description()).isEqualTo("base");
    }

    @Test
    void ownRule_ofOneMethod_mayStartFromTheBase() {
        StudentStart everyThird = iteration -> iteration % 3 == 0 ? Origin.BASE : Origin.PRESENT;
        assertThat(everyThird.needsBase()).isTrue();
        assertThat(everyThird.description()).isEqualTo("custom");
    }
}
