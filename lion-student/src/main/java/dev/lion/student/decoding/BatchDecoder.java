package dev.lion.student.decoding;

import dev.lion.role.StoppedException;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.decoder.ReadyWeights;
import dev.lion.student.decoder.TensorThreads;
import dev.lion.student.training.MachineMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Continues prompts, many at a time: rows that are done leave their batch, and waiting ones take their places. What a prompt
 * is continued with does not depend on the rows beside it, but for the rounding of matrix products of different size.
 *
 * <p>May be used from any thread; the work is done on the tensor threads. The model's weights must not change while this is
 * open.
 */
public final class BatchDecoder implements AutoCloseable {
    /** A row that grows is in two places for a moment. */
    private static final int ANSWERS_AT_LEAST = 2;

    private final DecoderModel model;
    private final TensorThreads threads;
    private final Function<int[], String> detokenizer;
    private final BatchingConfig config;
    private final Set<Integer> ends;
    private final ReadyWeights weights;
    private final CacheBudget budget;
    private final DecodingLoad load = new DecodingLoad();
    private final Duration grace;
    private final Optional<ProcessorChoice> processors;
    private final AtomicLong arrivals = new AtomicLong();
    private final Object lock = new Object();
    private final ArrayDeque<Row> waiting = new ArrayDeque<>();
    private int lanes;
    private int active;
    private boolean closed;
    /** Until when answers are written when the process is to end. */
    private Optional<Instant> deadline = Optional.empty();

    private BatchDecoder(
            DecoderModel model,
            TensorThreads threads,
            Function<int[], String> detokenizer,
            BatchingConfig config,
            Set<Integer> ends,
            Duration grace,
            Optional<ProcessorChoice> processors) {
        this.grace = grace;
        this.processors = processors;
        this.model = model;
        this.threads = threads;
        this.detokenizer = detokenizer;
        this.config = config;
        this.ends = Set.copyOf(ends);
        this.budget = new CacheBudget(cacheBytes(model.decoder().config(), config));
        this.weights = model.ready();
    }

    /**
     * Starts to take prompts.
     *
     * @param model stays its owner's, as the threads do, who closes them after this
     * @param detokenizer the text of tokens: any number of threads may ask, and special tokens have none
     * @param ends tokens that end an answer
     * @param grace how long answers that are being written go on when the process is to end; at most some seconds, and
     *     nothing new is begun meanwhile
     */
    public static BatchDecoder open(
            DecoderModel model,
            TensorThreads threads,
            Function<int[], String> detokenizer,
            BatchingConfig config,
            Set<Integer> ends,
            Duration grace) {
        return new BatchDecoder(model, threads, detokenizer, config, ends, grace, Optional.empty());
    }

    /**
     * As {@link #open}, but an answer that is alone is written by one processor or by all, whichever is faster at the moment.
     * Their products differ in the last bits, so that this is not for what must come out the same again.
     */
    public static BatchDecoder openForSpeed(
            DecoderModel model,
            TensorThreads threads,
            Function<int[], String> detokenizer,
            BatchingConfig config,
            Set<Integer> ends,
            Duration grace) {
        var processors =
                Optional.of(new ProcessorChoice(threads, System::nanoTime)).filter(choice -> threads.passes() > 1);
        return new BatchDecoder(model, threads, detokenizer, config, ends, grace, processors);
    }

    /**
     * The continuation of each prompt, in order; empty and cut by length where the prompt already fills the context.
     */
    public List<Continuation> decode(List<Prompt> prompts, DecodingConfig decoding) throws InterruptedException {
        int context = model.decoder().config().maxPositionEmbeddings();
        var rows = prompts.stream()
                .map(prompt -> new Row(
                        arrivals.getAndIncrement(), prompt, decoding, ends, context, detokenizer, Optional.empty()))
                .toList();
        rows.stream().filter(Row::isDone).forEach(Row::finish);
        enqueue(rows.stream().filter(row -> !row.isDone()).toList(), Integer.MAX_VALUE);
        var results = new ArrayList<Continuation>();
        for (Row row : rows) {
            results.add(row.decoding().await());
        }
        return results;
    }

    /**
     * Begins to continue a prompt.
     *
     * @param onText gets the continuation's text in whole characters as it comes, on a thread of this decoder: it must be
     *     quick and not throw
     * @throws PromptTooLongException when nothing can follow the prompt
     * @throws QueueFullException when as many wait as may
     * @throws IllegalStateException when this is closed
     */
    public Decoding submit(Prompt prompt, DecodingConfig decoding, Consumer<String> onText) {
        int context = model.decoder().config().maxPositionEmbeddings();
        if (prompt.length() >= context) {
            throw new PromptTooLongException(prompt.length(), context);
        }
        var row =
                new Row(arrivals.getAndIncrement(), prompt, decoding, ends, context, detokenizer, Optional.of(onText));
        enqueue(List.of(row), config.waiting());
        return row.decoding();
    }

    /**
     * How likely the learnt tokens of a sequence are, as they would be written: the sum of the logarithms of their
     * probabilities, in nats.
     */
    public double logProbability(LabelledSequence sequence) {
        return model.decodingLogProbability(weights, sequence);
    }

    /** What was done since this was opened. */
    public DecodingCounts counts() {
        return load.counts(budget);
    }

    private void enqueue(List<Row> rows, int most) {
        dropCancelled();
        boolean begun;
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("this decoder is closed");
            }
            int free = Math.max(0, config.rows() - active);
            if (waiting.size() >= (long) most + free) {
                throw new QueueFullException(waiting.size());
            }
            waiting.addAll(rows);
            begun = beginLanes();
        }
        if (!begun) {
            failWaiting(ending());
            throw ending();
        }
    }

    /** As many as there is work for; false when the process is ending. */
    private boolean beginLanes() {
        int most = Math.min(threads.passes(), config.rows());
        try {
            for (int wanted = Math.min(most, lanes + waiting.size()); lanes < wanted; lanes++) {
                var batch = new Batch(model.decoder(), weights.value(), ends, budget, load);
                threads.begin(() -> lane(batch));
            }
            return !threads.isEnding();
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private static StoppedException ending() {
        return new StoppedException("the process is ending, so the student begins nothing more");
    }

    private void failWaiting(RuntimeException failure) {
        List<Row> left;
        synchronized (lock) {
            left = List.copyOf(waiting);
            waiting.clear();
        }
        left.forEach(row -> row.decoding().fail(failure));
    }

    private static long cacheBytes(DecoderConfig model, BatchingConfig config) {
        long whole = CacheGroup.bytes(model, CacheSlots.atLeast(model.maxPositionEmbeddings()));
        long wanted = config.cacheBytes()
                .orElseGet(() -> MachineMemory.here().available().orElse(1L << 32) / 4);
        if (wanted < ANSWERS_AT_LEAST * whole && config.cacheBytes().isPresent()) {
            throw new IllegalArgumentException("keys and values may take " + wanted
                    + " bytes, but an answer of the whole"
                    + " context of " + model.maxPositionEmbeddings() + " tokens takes " + ANSWERS_AT_LEAST * whole
                    + " while it grows; give cacheBytes as many");
        }
        return Math.max(wanted, ANSWERS_AT_LEAST * whole);
    }

    /** One thread's work, as long as there is some; lets other tasks of the threads in between. */
    private void lane(Batch batch) {
        try {
            while (admitted(batch)) {
                putBack(batch.advance(alone()));
                release(batch);
                if (threads.isAwaited() && goesOn(batch)) {
                    return;
                }
            }
        } catch (RuntimeException | Error e) {
            abandon(batch, e);
        }
    }

    /** The choice of processors for the only answer there is. */
    private Optional<ProcessorChoice> alone() {
        synchronized (lock) {
            return active == 1 ? processors : Optional.empty();
        }
    }

    /** Lines up behind the others; false when nothing is begun any more. */
    private boolean goesOn(Batch batch) {
        try {
            threads.begin(() -> lane(batch));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Takes waiting rows in; false when there is nothing to do any more. */
    private boolean admitted(Batch batch) {
        dropCancelled();
        synchronized (lock) {
            int most = perLane(Math.min(config.rows(), active + waiting.size()));
            while (!waiting.isEmpty()
                    && active < config.rows()
                    && batch.size() < most
                    && admits(batch, waiting.element())) {
                waiting.remove();
                active++;
            }
            if (batch.size() == 0) {
                laneEnds();
                return false;
            }
            return true;
        }
    }

    /** Those that nobody waits for take no place in the queue. */
    private void dropCancelled() {
        List<Row> dropped;
        synchronized (lock) {
            dropped =
                    waiting.stream().filter(row -> row.decoding().isCancelled()).toList();
            waiting.removeAll(dropped);
        }
        dropped.forEach(row -> row.decoding().fail(cancelled()));
    }

    private static CancellationException cancelled() {
        return new CancellationException("the answer was cancelled");
    }

    private int perLane(int rows) {
        int most = Math.min(threads.passes(), config.rows());
        return (rows + most - 1) / most;
    }

    private boolean admits(Batch batch, Row row) {
        try {
            return batch.admit(row);
        } catch (RuntimeException | Error e) {
            waiting.remove();
            row.decoding().fail(e);
            throw e;
        }
    }

    private void laneEnds() {
        lanes--;
        lock.notifyAll();
    }

    /** Rows that had to make room for others wait again, before all others; what they have written they keep. */
    private void putBack(List<Row> rows) {
        if (!rows.isEmpty()) {
            synchronized (lock) {
                active -= rows.size();
                rows.forEach(waiting::addFirst);
                load.putBack(rows.size());
            }
        }
    }

    private void release(Batch batch) {
        Optional<RuntimeException> end = end();
        var done = batch.remove(row -> row.isDone() || row.decoding().isCancelled() || end.isPresent());
        boolean begun = true;
        synchronized (lock) {
            active -= done.size();
            if (!done.isEmpty() && !closed) {
                begun = beginLanes(); // for those that there was no memory for
            }
        }
        for (Row row : done) {
            release(row, end);
        }
        if (!begun || end.isPresent()) {
            failWaiting(end.orElseGet(BatchDecoder::ending));
        }
    }

    /** Whatever goes wrong with one row's end concerns no other. */
    private static void release(Row row, Optional<RuntimeException> end) {
        try {
            if (row.isDone()) {
                row.finish();
            } else {
                row.decoding().fail(end.orElseGet(BatchDecoder::cancelled));
            }
        } catch (RuntimeException | Error e) {
            row.decoding().fail(e);
        }
    }

    /** Why everything ends now, if it does. */
    private Optional<RuntimeException> end() {
        boolean ending = threads.isEnding();
        synchronized (lock) {
            if (closed) {
                return Optional.of(new CancellationException("the student was closed"));
            }
            if (ending && deadline.isEmpty()) {
                deadline = Optional.of(Instant.now().plus(grace));
            }
            return deadline.filter(time -> !Instant.now().isBefore(time))
                    .map(time -> new StoppedException("the process is ending, so the student writes nothing more"));
        }
    }

    private void abandon(Batch batch, Throwable failure) {
        var rows = batch.rows();
        batch.close();
        rows.forEach(row -> row.decoding().fail(failure));
        boolean begun;
        synchronized (lock) {
            active -= rows.size();
            laneEnds();
            begun = closed || beginLanes();
        }
        if (!begun) {
            failWaiting(ending());
        }
    }

    /** Ends what is under way, with the next token or, of a small decoder, the next few, and frees what this holds; idempotent. */
    @Override
    public void close() {
        TensorThreads.requireOutside("close");
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
        }
        failWaiting(new CancellationException("the student was closed"));
        synchronized (lock) {
            awaitLanes();
        }
        weights.close();
    }

    /** Tensors may be freed when no lane uses them any more; an interrupt stays for the caller to see. */
    private void awaitLanes() {
        boolean interrupted = false;
        while (lanes > 0) {
            try {
                lock.wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
