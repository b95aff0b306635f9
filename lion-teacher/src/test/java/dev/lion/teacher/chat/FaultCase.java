package dev.lion.teacher.chat;

import dev.lion.teacher.chat.CallFailure.Reason;
import java.time.Duration;
import java.util.Optional;

/**
 * A row of the fault table: what a server does, and what is to come of it.
 *
 * @param name the fault, in words
 * @param fault what the server does
 * @param guarded whether the client is that of {@link ProviderLimits}
 * @param reason why the call fails; empty when it does not
 * @param charged whether the attempt counts as charged
 * @param asked the pause that the provider asks for; nothing when it does not
 * @param role what the teacher's call ends in
 */
record FaultCase(
        String name,
        Fault fault,
        boolean guarded,
        Optional<Reason> reason,
        boolean charged,
        Duration asked,
        Ending role) {

    /** What a call of a role ends in. */
    enum Ending {
        /** An answer that the student may learn. */
        ANSWER("accepted"),
        /** An answer that is kept, but not learnt. */
        UNFIT("kept, not learnt"),
        /** The loop makes the call again. */
        AGAIN("made again by the loop"),
        /** The loop sets the item aside. */
        SET_ASIDE("item set aside"),
        /** The run ends, to be continued. */
        RUN_ENDS("run ends, resumable");

        private final String words;

        Ending(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    static FaultCase answered(String name, Fault fault, Ending ending) {
        return new FaultCase(name, fault, false, Optional.empty(), true, Duration.ZERO, ending);
    }

    static FaultCase failing(String name, Fault fault, Reason reason, boolean charged, Ending ending) {
        return new FaultCase(name, fault, false, Optional.of(reason), charged, Duration.ZERO, ending);
    }

    /** The same with the client of {@link ProviderLimits}. */
    FaultCase whenGuarded(Reason expected, Ending ending) {
        return new FaultCase(name + ", guarded client", fault, true, Optional.of(expected), charged, asked, ending);
    }

    /** The same with a provider that asks for a pause. */
    FaultCase askingFor(Duration pause) {
        return new FaultCase(name, fault, guarded, reason, charged, pause, role);
    }

    FaultCase readByTheGuardedClient() {
        return new FaultCase(name, fault, true, reason, charged, asked, role);
    }

    boolean isRepeated() {
        return reason.filter(Reason::isPassing).isPresent();
    }

    /** Whether only a deadline ends the call. */
    boolean hangs() {
        return reason.equals(Optional.of(Reason.TIMED_OUT));
    }

    @Override
    public String toString() {
        return name;
    }
}
