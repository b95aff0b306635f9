package dev.lion.teacher.chat;

import dev.langchain4j.model.chat.ChatModel;
import dev.lion.teacher.chat.CallFailure.Reason;
import java.time.Duration;
import java.util.Optional;

/** One endpoint among several: what is under way there, and whether it is in service. Guarded by its owner's lock. */
final class Replica {
    private final String name;
    private final ChatModel model;
    private int underWay;
    private int failuresInRow;
    private Optional<Outage> outage = Optional.empty();

    /**
     * Out of service.
     *
     * @param pause how long it is left alone
     * @param until the moment from which on it is tried again
     * @param isTried whether a call tries it now
     * @param failure what took it out, or the latest trial's failure
     */
    private record Outage(Duration pause, long until, boolean isTried, RuntimeException failure) {}

    Replica(String name, ChatModel model) {
        this.name = name;
        this.model = model;
    }

    String name() {
        return name;
    }

    ChatModel model() {
        return model;
    }

    int underWay() {
        return underWay;
    }

    boolean isInService() {
        return outage.isEmpty();
    }

    /** What took it out of service, or the latest trial's failure; empty while it is in service. */
    Optional<RuntimeException> reason() {
        return outage.map(Outage::failure);
    }

    /** Whether it is out of service, its pause is over, and nobody tries it yet. */
    boolean isDue(long now) {
        return outage.filter(out -> !out.isTried() && now - out.until() >= 0).isPresent();
    }

    void begin() {
        underWay++;
        outage = outage.map(out -> new Outage(out.pause(), out.until(), true, out.failure()));
    }

    /** A call has brought an answer, or a failure that is not the endpoint's. */
    void answered() {
        underWay--;
        failuresInRow = 0;
        outage = Optional.empty();
    }

    /** A call was given up, which says nothing about the endpoint. */
    void givenUp(boolean wasTrial) {
        underWay--;
        outage = outage.map(out -> new Outage(out.pause(), out.until(), out.isTried() && !wasTrial, out.failure()));
    }

    /**
     * A call has failed by the endpoint's fault.
     *
     * @return whether this took it out of service
     */
    boolean failed(RuntimeException failure, boolean wasTrial, ReplicaPolicy policy, long now) {
        underWay--;
        failuresInRow++;
        boolean wasIn = isInService();
        if (wasTrial) {
            Duration longer = outage.map(out -> policy.after(out.pause())).orElse(policy.firstPause());
            outage = Optional.of(new Outage(longer, now + longer.toNanos(), false, failure));
        } else if (wasIn && (isGone(failure) || failuresInRow >= policy.failuresInRow())) {
            outage = Optional.of(
                    new Outage(policy.firstPause(), now + policy.firstPause().toNanos(), false, failure));
        }
        return wasIn && outage.isPresent();
    }

    // nobody listens, or nobody lets us in: the next call would fail too
    private static boolean isGone(RuntimeException failure) {
        CallFailure known = CallFailure.of(failure);
        return known.isUnbilled() && known.reason() != Reason.RATE_LIMITED;
    }

    /** Why and for how long it is out of service, for a message. */
    String describe(long now) {
        return name + ": "
                + outage.map(out -> ProviderWords.quote(out.failure())
                                + (out.isTried()
                                        ? "; it is being tried"
                                        : "; tried again in "
                                                + Math.max(
                                                        0,
                                                        Duration.ofNanos(out.until() - now)
                                                                .toMillis()) + " ms"))
                        .orElse("in service");
    }
}
