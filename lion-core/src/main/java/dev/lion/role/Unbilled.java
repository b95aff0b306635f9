package dev.lion.role;

/**
 * Implemented by exceptions of roles that may know that a failed attempt is not charged, as when the provider turned the
 * request down before its model saw it. A budget takes every other failed attempt for charged in full.
 */
public interface Unbilled {
    /** Whether the attempt is known not to be charged. */
    boolean isUnbilled();
}
