package dev.lion.loop;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts the calls of a stage that failed for good, and says when the stage must stop: when the configured share of its
 * items failed, or earlier, when a role has failed {@value #HOPELESS_CALLS} times, and twice for each call that may be
 * under way, without ever succeeding. Guarded by its owner.
 */
final class Failures {
    static final int HOPELESS_CALLS = 10;

    private final Sitting sitting;
    private final double tolerated;
    private final int hopeless;
    private final Set<Object> setAside = new HashSet<>();
    private final Map<Role, Integer> neverSucceeded = new EnumMap<>(Role.class);
    private int items;

    Failures(Sitting sitting) {
        LoopConfig config = sitting.context().config();
        this.sitting = sitting;
        this.tolerated = config.toleratedFailureShare();
        this.hopeless = Math.max(HOPELESS_CALLS, 2 * config.maxConcurrentCalls());
        this.items = sitting.items();
    }

    void itemsAtLeast(int count) {
        items = Math.max(items, count);
    }

    void succeeded(Role role) {
        neverSucceeded.put(role, Integer.MIN_VALUE);
    }

    /** Notes a failure, and says whether the stage must stop for it. */
    Optional<TooManyFailuresException> failed(Object item, RoleFailedException failure) {
        setAside.add(item);
        int calls = neverSucceeded.merge(failure.role(), 1, Integer::sum);
        if (setAside.size() > tolerated * items) {
            return Optional.of(TooManyFailuresException.share(
                    sitting.iteration(), sitting.stage(), setAside.size(), items, tolerated, failure));
        }
        return tolerated < 1 && calls >= hopeless
                ? Optional.of(TooManyFailuresException.hopeless(calls, failure))
                : Optional.empty();
    }
}
