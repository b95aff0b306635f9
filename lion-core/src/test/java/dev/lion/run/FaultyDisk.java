package dev.lion.run;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A disk on which one step fails, or that step and all that follow. A write that fails leaves half of its bytes, as a disk
 * does that becomes full. Nothing is really forced, which no test could tell, but for the time.
 */
class FaultyDisk extends Disk {
    /** What can fail. */
    enum Step {
        OPEN,
        CUT,
        WRITE,
        FORCE,
        MOVE,
        CREATE_DIRECTORY,
        DELETE,
        FORCE_ENTRIES
    }

    /** What follows after the step that failed. */
    enum Afterwards {
        /** Everything works again. */
        FINE,
        /** Nothing works any more, so that what is on the disk is what a killed process would leave. */
        DEAD
    }

    private final Step failing;
    private final int occurrence;
    private final Afterwards afterwards;
    private int seen;
    private boolean failed;

    private FaultyDisk(Step failing, int occurrence, Afterwards afterwards) {
        this.failing = failing;
        this.occurrence = occurrence;
        this.afterwards = afterwards;
    }

    /** A disk whose n-th step of a kind, counted from 1, fails. */
    static FaultyDisk failingAt(Step step, int occurrence, Afterwards afterwards) {
        return new FaultyDisk(step, occurrence, afterwards);
    }

    /** A disk that never fails. */
    static Disk sound() {
        return new FaultyDisk(Step.WRITE, Integer.MAX_VALUE, Afterwards.FINE);
    }

    /** Whether the step came that was to fail. */
    synchronized boolean hasFailed() {
        return failed;
    }

    private synchronized void before(Step step) throws IOException {
        boolean now = step == failing && ++seen == occurrence;
        if (now || (failed && afterwards == Afterwards.DEAD)) {
            failed = true;
            throw new IOException("No space left on device");
        }
    }

    @Override
    DiskFile open(Path path) throws IOException {
        before(Step.OPEN);
        return new FaultyFile(path);
    }

    @Override
    void move(Path from, Path to) throws IOException {
        before(Step.MOVE);
        super.move(from, to);
    }

    @Override
    void createDirectory(Path directory) throws IOException {
        before(Step.CREATE_DIRECTORY);
        super.createDirectory(directory);
    }

    @Override
    void deleteOne(Path path) throws IOException {
        before(Step.DELETE);
        super.deleteOne(path);
    }

    @Override
    void forceEntries(Path directory) throws IOException {
        before(Step.FORCE_ENTRIES);
    }

    private final class FaultyFile extends DiskFile {
        private FaultyFile(Path path) throws IOException {
            super(path);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                before(Step.WRITE);
            } catch (IOException e) {
                super.write(bytes, offset, length / 2);
                throw e;
            }
            super.write(bytes, offset, length);
        }

        @Override
        void cutTo(long length) throws IOException {
            before(Step.CUT);
            super.cutTo(length);
        }

        @Override
        void force() throws IOException {
            before(Step.FORCE);
        }
    }
}
