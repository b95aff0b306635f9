package dev.lion.teacher.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LimitedCallTest {
    @Test
    void run_listenerOfALateReplyFailsWithAnError_countsTheCallOnce() {
        AtomicInteger leftBehind = new AtomicInteger();
        List<LimitedCall> self = new ArrayList<>();
        var tooLate = new IllegalStateException("too late");
        var call = new LimitedCall(
                () -> {
                    assertThatThrownBy(() -> self.get(0).giveUp(tooLate)).isSameAs(tooLate);
                    assertThat(leftBehind).hasValue(1);
                    return CountingModel.reply("late");
                },
                response -> {
                    throw new AssertionError("the listener is broken");
                },
                leftBehind);
        self.add(call);
        call.run();
        assertThat(leftBehind).hasValue(0);
    }
}
