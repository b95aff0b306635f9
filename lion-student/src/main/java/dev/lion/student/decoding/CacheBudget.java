package dev.lion.student.decoding;

/** The memory that keys and values may take, shared by all threads of a decoder. */
final class CacheBudget {
    private final long bytes;
    private long taken;
    private long most;

    CacheBudget(long bytes) {
        this.bytes = bytes;
    }

    /** Takes some, if as much is left. */
    synchronized boolean reserve(long wanted) {
        if (wanted > bytes - taken) {
            return false;
        }
        taken += wanted;
        most = Math.max(most, taken);
        return true;
    }

    synchronized void release(long given) {
        taken -= given;
    }

    /** The most that was taken at a time. */
    synchronized long most() {
        return most;
    }
}
