package dev.lion.loop;

import dev.lion.LionException;
import dev.lion.role.UnusableRoleException;
import dev.lion.run.Stage;
import java.util.Locale;
import java.util.Optional;

/**
 * A role failed for good, or is {@linkplain UnusableRoleException unusable}; the cause is what it threw. What was done before
 * is on disk, and running again continues.
 */
public class RoleFailedException extends LionException {
    private static final long serialVersionUID = 1L;

    private final Role role;
    private final Stage stage;
    private final Optional<String> instructionId;
    private final String reason;

    RoleFailedException(Role role, int iteration, Stage stage, Optional<String> instructionId, Throwable cause) {
        super(
                "the " + role + " failed in " + stage.name().toLowerCase(Locale.ROOT) + " of iteration " + iteration
                        + instructionId.map(id -> " on instruction " + id).orElse("") + ": " + describe(cause)
                        + outlook(cause),
                cause);
        this.role = role;
        this.stage = stage;
        this.instructionId = instructionId;
        this.reason = describe(cause);
    }

    // lion's own exceptions explain themselves, others need their type
    private static String describe(Throwable cause) {
        return cause instanceof LionException ? String.valueOf(cause.getMessage()) : cause.toString();
    }

    private static String outlook(Throwable cause) {
        return cause instanceof UnusableRoleException
                ? ". No other call can succeed, so the run ended here; nothing that was paid for is lost, and once the"
                        + " reason is removed, running again continues"
                : "";
    }

    /** What the role threw, in words. */
    String reason() {
        return reason;
    }

    /** Who failed. */
    public Role role() {
        return role;
    }

    /** During which stage. */
    public Stage stage() {
        return stage;
    }

    /** On which instruction, when it was about one. */
    public Optional<String> instructionId() {
        return instructionId;
    }
}
