package dev.lion.testing;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/**
 * A role whose call does not end by itself, such as one whose server never replies.
 *
 * @param role the adapter
 * @param reached counted down by the far side once a call is under way
 */
public record BlockedCall<R>(R role, CountDownLatch reached) {
    public BlockedCall {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(reached, "reached");
    }
}
