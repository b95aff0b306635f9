package dev.lion.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenUsageTest {
    @Test
    void equals_noTokensReportedAndNoneMade_areNotTheSame() {
        assertThat(TokenUsage.FREE).isNotEqualTo(TokenUsage.NONE);
        assertThat(new TokenUsage(0, 0)).isEqualTo(TokenUsage.NONE);
        assertThat(new TokenUsage(3, 0, false)).isEqualTo(new TokenUsage(3, 0, true));
    }

    @Test
    void plus_oneOfThemUnknown_isUnknownUnlessTokensWereCounted() {
        assertThat(TokenUsage.FREE.plus(TokenUsage.NONE)).isEqualTo(TokenUsage.NONE);
        assertThat(TokenUsage.FREE.plus(TokenUsage.FREE)).isEqualTo(TokenUsage.FREE);
        assertThat(TokenUsage.NONE.plus(new TokenUsage(1, 2))).isEqualTo(new TokenUsage(1, 2));
    }
}
