package dev.lion.teacher.harvest;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.lion.novelty.NoveltyIndex;
import dev.lion.novelty.RougeLIndex;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the instructions that an application's users really give, for a run to begin with. Put it among the listeners of
 * the production model; it is told of every reply, and writes what is new to a file of JSON Lines that {@link
 * dev.lion.data.InstructionPool#read} takes as seeds. Answers that are fit to learn from stand beside their instructions, and {@link
 * HarvestedTeacher} gives them to a run, so that they are not paid for again.
 *
 * <pre>{@code
 * var harvest = InstructionHarvest.builder(Path.of("harvest.jsonl")).share(0.1).open();
 * var model = OpenAiChatModel.builder(). .. .listeners(List.of(harvest)).build();
 * }</pre>
 *
 * <p><b>An instruction</b> is the user's message when it is the only one, after system messages or none: the first turn of a
 * conversation. Later turns mean nothing alone and are left out, as are messages with more than text. The system prompt is
 * written apart, since it is the application's and not the user's.
 *
 * <p><b>Kept</b> is what is new: at most 0.7 in ROUGE-L against everything kept before, tokens of every language, an earlier
 * process's included. <b>Redacted</b>, by default, are e-mail addresses, telephone numbers, and bank accounts and card numbers
 * with right check digits, in instruction and answer; names and addresses are not found. A system prompt is written as it
 * is.
 *
 * <p><b>Bounds.</b> At most 50,000 instructions and 256 MB; an instruction takes some 200 bytes of memory beside its text.
 * What the application does is never delayed nor made to fail: replies wait, a thousand at most, for a thread of the
 * harvest's own, and what does not fit is dropped and counted. When the disk fails, that is logged once and the harvest
 * ends. One process may write a file. For any thread.
 */
public final class InstructionHarvest implements ChatModelListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InstructionHarvest.class);
    private static final long CLOSING_SECONDS = 10;
    private static final long POLL_MILLIS = 100;

    private final HarvestWriter writer;
    private final BlockingQueue<Exchange> waiting;
    private final Sampling sampling;
    private final AtomicLong seen = new AtomicLong();
    private final AtomicLong leftOut = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong beyond = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;

    private InstructionHarvest(Builder builder, HarvestWriter writer) {
        this.writer = writer;
        this.waiting = new ArrayBlockingQueue<>(builder.queue);
        this.sampling = new Sampling(builder.share, builder.seed);
        this.thread = new Thread(this::work, "lion-harvest");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /** A harvest with the default settings. */
    public static InstructionHarvest open(Path file) {
        return builder(file).open();
    }

    /** A builder, for other settings. */
    public static Builder builder(Path file) {
        return new Builder(file);
    }

    /** Which replies are looked at: the n-th by its own random number, whatever the threads. */
    private record Sampling(double share, long seed) {
        boolean takes(long number) {
            return share >= 1 || new SplittableRandom(seed ^ (number * 0x9E3779B97F4A7C15L)).nextDouble() < share;
        }
    }

    /** Called by the chat model. */
    @Override
    public void onResponse(ChatModelResponseContext context) {
        long number = seen.getAndIncrement();
        if (!sampling.takes(number)) {
            leftOut.incrementAndGet();
        } else if (closed || writer.isFull()) {
            beyond.incrementAndGet();
        } else if (!waiting.offer(new Exchange(context.chatRequest(), context.chatResponse()))) {
            dropped.incrementAndGet();
        }
    }

    private void work() {
        try {
            while (!closed || !waiting.isEmpty()) {
                Exchange next = waiting.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    writer.take(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing took too long
        } finally {
            writer.close();
        }
    }

    /** What became of the replies so far; those that wait are seen and nothing else yet. */
    public HarvestCounts counts() {
        HarvestCounts taken = writer.counts();
        return new HarvestCounts(
                seen.get(),
                leftOut.get(),
                dropped.get(),
                taken.unsuited(),
                taken.withheld(),
                taken.known(),
                beyond.get() + taken.beyond(),
                taken.kept(),
                taken.answered());
    }

    /** Writes what waits, for at most ten seconds, and ends the harvest. Idempotent. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSING_SECONDS));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (thread.isAlive()) {
            LOG.warn("{}: {} replies were still waiting and are left out", writer.path(), waiting.size());
            thread.interrupt();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Settings of an {@link InstructionHarvest}. Not for several threads at once. */
    public static final class Builder {
        private final Path file;
        private double share = 1;
        private long seed;
        private int queue = 1000;
        private HarvestLimits limits = HarvestLimits.USUAL;
        private Supplier<NoveltyIndex> novelty = () -> RougeLIndex.unicode(0.7);
        private Function<String, Optional<String>> redaction = PersonalData::masked;

        private Builder(Path file) {
            this.file = Objects.requireNonNull(file, "file");
        }

        /** The share of replies that is looked at, chosen at random; above 0, 1 for all by default. */
        public Builder share(double newShare) {
            if (!(newShare > 0 && newShare <= 1)) {
                throw new IllegalArgumentException("share must be above 0 and at most 1, but is " + newShare);
            }
            share = newShare;
            return this;
        }

        /** Where the randomness of the share comes from; 0 by default. */
        public Builder seed(long newSeed) {
            seed = newSeed;
            return this;
        }

        /** The most instructions in the file; 50,000 by default. */
        public Builder maxInstructions(int most) {
            limits = new HarvestLimits(most, limits.bytes());
            return this;
        }

        /** The most bytes of the file; 256 MB by default. */
        public Builder maxBytes(long most) {
            limits = new HarvestLimits(limits.instructions(), most);
            return this;
        }

        /** How many replies may wait to be looked at; 1000 by default. */
        public Builder queue(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("queue must be 1 or more: " + most);
            }
            queue = most;
            return this;
        }

        /** What counts as new; {@code RougeLIndex.unicode(0.7)} by default. It is used by one thread. */
        public Builder novelty(Supplier<NoveltyIndex> newNovelty) {
            novelty = Objects.requireNonNull(newNovelty, "novelty");
            return this;
        }

        /**
         * What is done to an instruction and to an answer before it is compared and written, in place of the default; empty
         * withholds the text. Called by one thread; when it fails, the text is withheld.
         */
        public Builder redaction(Function<String, Optional<String>> newRedaction) {
            redaction = Objects.requireNonNull(newRedaction, "redaction");
            return this;
        }

        /** Writes instructions and answers as they are. */
        public Builder withoutRedaction() {
            redaction = Optional::of;
            return this;
        }

        /**
         * Opens the file, made when it is missing; what it holds is not collected again.
         *
         * @throws HarvestException when it cannot be written, is being written already, or holds something else
         */
        public InstructionHarvest open() {
            return new InstructionHarvest(this, HarvestWriter.open(file, limits, novelty.get(), redaction));
        }
    }
}
