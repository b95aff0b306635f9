package dev.lion.loop;

import com.google.common.collect.Lists;
import dev.lion.cost.Holds;
import dev.lion.data.TokenUsage;
import dev.lion.loop.LoopEvent.Batch.State;
import dev.lion.role.BatchItem;
import dev.lion.role.BatchProgress;
import dev.lion.role.Batches;
import dev.lion.role.RetryableRoleException;
import dev.lion.role.StoppedException;
import dev.lion.run.BatchEntry.Outcome;
import dev.lion.run.IterationDirectory;
import dev.lion.run.RecordType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks a stage's questions in batches and waits for them, those of earlier sittings first. When it is done, every batch is
 * closed, and what is still open is to be asked one by one. For the coordinating thread.
 */
final class BatchAsking<Q, A> {
    private final Sitting sitting;
    private final BatchTopic<Q, A> topic;
    private final Batches<Q, A> batches;
    private final BatchBook book;
    private final BatchNews news;
    private final InstantSource clock;
    private final ProviderLine line;
    private final BatchSender<Q, A> sender;

    private BatchAsking(
            Sitting sitting, BatchTopic<Q, A> topic, Batches<Q, A> batches, BatchBook book, InstantSource clock) {
        this.sitting = sitting;
        this.topic = topic;
        this.batches = batches;
        this.book = book;
        this.clock = clock;
        this.news = new BatchNews(sitting, topic.role(), clock);
        this.line = new ProviderLine(sitting, topic.role());
        this.sender = new BatchSender<>(sitting, topic, batches, book, news, clock);
    }

    /**
     * Asks in batches what is open of these questions, if the role has batches.
     *
     * @throws StoppedException when the run is stopped; batches go on at the provider then
     * @throws RoleFailedException when a batch cannot be looked at, in a way that does not pass
     */
    static <Q, A> void ask(Sitting sitting, BatchTopic<Q, A> topic, List<String> keys, InstantSource clock) {
        IterationDirectory files = sitting.context().run().iteration(sitting.iteration());
        Optional<Batches<Q, A>> batches = topic.batches();
        if (batches.isEmpty() && files.present(RecordType.BATCHES).isEmpty()) {
            return;
        }
        try (BatchBook book = new BatchBook(files, sitting.stage(), topic.paidRole())) {
            BatchLeftovers leftovers = new BatchLeftovers(sitting, topic, book);
            leftovers.release();
            if (batches.isPresent()) {
                new BatchAsking<>(sitting, topic, batches.get(), book, clock).ask(keys);
            } else {
                leftovers.forsake();
            }
        }
    }

    private void ask(List<String> keys) {
        try {
            book.open().forEach(batch -> news.tell(batch, State.TAKEN_UP, "waited for again"));
            sender.decide();
            Deque<String> waiting = new ArrayDeque<>(fresh(keys));
            sender.submit(waiting);
            while (!book.open().isEmpty()) {
                new BatchWait(sitting.context()).until(nextLook());
                if (book.open().stream()
                                .filter(OpenBatch::isDue)
                                .filter(this::look)
                                .count()
                        > 0) {
                    sender.submit(waiting);
                }
            }
        } catch (StoppedException e) {
            book.open()
                    .forEach(batch -> news.warn(
                            batch,
                            State.LEFT_RUNNING,
                            "goes on at the provider; running again waits for it and takes its answers"));
            throw e;
        }
    }

    private List<String> fresh(List<String> keys) {
        Set<String> inBatches = new HashSet<>();
        book.open().forEach(batch -> inBatches.addAll(batch.questions()));
        return keys.stream()
                .filter(key -> topic.isOpen(key) && !book.wasAsked(key) && !inBatches.contains(key))
                .toList();
    }

    private long nextLook() {
        return book.open().stream()
                .map(OpenBatch::nextLook)
                .min(Comparator.comparingLong(look -> look - System.nanoTime()))
                .orElseThrow();
    }

    /** Looks at a batch, and says whether it is closed now. */
    private boolean look(OpenBatch batch) {
        Optional<BatchProgress<A>> progress = poll(batch);
        if (progress.isPresent() && progress.get() instanceof BatchProgress.Ended<A> ended) {
            takeIn(batch, ended.items());
            return true;
        }
        if (progress.isPresent() && progress.get() instanceof BatchProgress.Lost<A> lost) {
            lose(batch, "is lost: " + lost.reason(), lost.isUnbilled());
            return true;
        }
        if (progress.isPresent() && progress.get() instanceof BatchProgress.Running<A> running) {
            news.tell(batch, State.RUNNING, running.state());
        }
        return endIfOverdue(batch);
    }

    private Optional<BatchProgress<A>> poll(OpenBatch batch) {
        try {
            List<Q> questions = Lists.transform(batch.questions(), topic::question);
            BatchProgress<A> progress =
                    line.call("to look at " + batch, Duration.ZERO, () -> batches.poll(batch.id(), questions));
            if (progress == null) {
                throw new IllegalStateException("poll returned null");
            }
            if (batch.reached(true)) {
                news.tell(batch, State.RUNNING, "can be looked at again");
            }
            return Optional.of(progress);
        } catch (StoppedException e) {
            throw e;
        } catch (RetryableRoleException e) {
            unreachable(batch, e);
            return Optional.empty();
        } catch (Exception e) {
            throw new RoleFailedException(topic.role(), sitting.iteration(), sitting.stage(), Optional.empty(), e);
        }
    }

    private void unreachable(OpenBatch batch, RetryableRoleException e) {
        String words = "cannot be looked at for now, and is waited for all the same: " + e.getMessage();
        if (batch.reached(false)) {
            news.warn(batch, State.UNREACHABLE, words);
        } else {
            news.tell(batch, State.UNREACHABLE, words);
        }
    }

    /** Cancels a batch after its deadline, gives it up some time after that, and says whether it is closed now. */
    private boolean endIfOverdue(OpenBatch batch) {
        Batching batching = sitting.context().batching();
        Duration age = batch.age(clock.instant());
        if (age.compareTo(batching.deadline()) >= 0) {
            if (!batch.isCancelled()) {
                cancel(batch);
            }
            if (batch.overdue().compareTo(batching.margin()) >= 0) {
                lose(batch, "brought nothing in " + Durations.inWords(age) + " and is given up", false);
                return true;
            }
        }
        batch.putOff(batching);
        return false;
    }

    private void cancel(OpenBatch batch) {
        String since = "is not done " + Durations.inWords(batch.age(clock.instant())) + " after it was submitted";
        try {
            line.call("to cancel " + batch, Duration.ZERO, () -> {
                batches.cancel(batch.id());
                return batch;
            });
            batch.cancelled();
            news.warn(batch, State.CANCELLED, since + " and is cancelled; what it has answered is taken");
        } catch (StoppedException e) {
            throw e;
        } catch (Exception e) {
            news.warn(batch, State.UNREACHABLE, since + " and cannot be cancelled: " + e.getMessage());
        }
    }

    private void lose(OpenBatch batch, String words, boolean unbilled) {
        Holds holds = sitting.context().purse().holds();
        if (unbilled) {
            holds.release(batch.hold());
        } else {
            holds.lose(batch.hold());
        }
        close(batch, Outcome.LOST);
        news.warn(batch, State.LOST, words + "; its questions are asked one by one");
    }

    private void close(OpenBatch batch, Outcome outcome) {
        book.close(batch.number(), batch.questions(), outcome);
        sitting.context().purse().tellProgress();
    }

    private void takeIn(OpenBatch batch, List<BatchItem<A>> items) {
        if (items.size() != batch.questions().size()) {
            lose(batch, "brought " + items.size() + " results, so that it is not known which belongs to what", false);
            return;
        }
        BatchHarvest harvest = new BatchHarvest();
        for (int i = 0; i < items.size(); i++) {
            takeIn(batch.questions().get(i), items.get(i), harvest);
        }
        topic.force();
        harvest.settle(sitting.context().purse().holds(), batch.hold(), batches.priceFactor());
        close(batch, Outcome.TAKEN);
        if (harvest.unanswered() == 0) {
            news.tell(batch, State.ENDED, harvest.describe());
        } else {
            news.warn(batch, State.ENDED, harvest.describe());
        }
    }

    private void takeIn(String key, BatchItem<A> item, BatchHarvest harvest) {
        if (item instanceof BatchItem.Answered<A> answered) {
            TokenUsage usage = topic.usage(answered.answer());
            harvest.answered(usage);
            if (topic.isOpen(key)) { // it is not when the process ended while the results were taken in
                topic.take(key, answered.answer());
            }
        } else if (item instanceof BatchItem.Unanswered<A> unanswered) {
            harvest.unanswered(unanswered.reason(), unanswered.isUnbilled());
        }
    }
}
