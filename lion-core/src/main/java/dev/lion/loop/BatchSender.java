package dev.lion.loop;

import dev.lion.LionException;
import dev.lion.cost.Hold;
import dev.lion.cost.Holds;
import dev.lion.data.TokenUsage;
import dev.lion.loop.LoopEvent.Batch.State;
import dev.lion.role.Batches;
import dev.lion.role.RetryableRoleException;
import dev.lion.role.StoppedException;
import dev.lion.role.Unbilled;
import dev.lion.run.BatchEntry.Intended;
import dev.lion.run.BatchEntry.Outcome;
import dev.lion.run.Purpose;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Submits questions, as many at a time as the provider takes and the budget has room for. For the coordinating thread.
 *
 * <p>What a batch is to be is on disk before it is submitted, its id before anything else is done. When neither a success nor
 * a refusal is known, the provider's list may show that there is no such batch; else it is supposed that there is one, which
 * nobody will find, and the questions are asked one by one.
 */
final class BatchSender<Q, A> {
    private final Sitting sitting;
    private final BatchTopic<Q, A> topic;
    private final Batches<Q, A> batches;
    private final BatchBook book;
    private final BatchNews news;
    private final InstantSource clock;
    private final ProviderLine line;
    private final BatchWait wait;
    private boolean refused;

    BatchSender(
            Sitting sitting,
            BatchTopic<Q, A> topic,
            Batches<Q, A> batches,
            BatchBook book,
            BatchNews news,
            InstantSource clock) {
        this.sitting = sitting;
        this.topic = topic;
        this.batches = batches;
        this.book = book;
        this.news = news;
        this.clock = clock;
        this.line = new ProviderLine(sitting, topic.role());
        this.wait = new BatchWait(sitting.context());
    }

    /** Finds out about batches at whose submission an earlier sitting ended. */
    void decide() {
        for (Intended intended : book.undecided()) {
            close(intended, isAbsent(intended) ? Outcome.UNSENT : Outcome.LOST);
        }
    }

    /** Submits from the front what can be submitted now; what is left may be submitted once a batch has ended. */
    void submit(Deque<String> waiting) {
        boolean taken = true;
        while (taken && !refused && waiting.size() >= least()) {
            List<String> chunk =
                    waiting.stream().limit(Math.max(1, batches.largest())).toList();
            int size = submit(chunk);
            for (int i = 0; i < size; i++) {
                waiting.removeFirst();
            }
            taken = size > 0;
        }
    }

    private int least() {
        return sitting.context().batching().least();
    }

    /** How many questions were taken. */
    private int submit(List<String> keys) {
        List<Q> questions = keys.stream().map(topic::question).toList();
        Optional<Hold> hold = hold(questions);
        if (hold.isEmpty()) {
            return 0;
        }
        int size = hold.get().calls();
        if (size < least()) {
            holds().release(hold.get().number());
            return 0;
        }
        return submit(keys.subList(0, size), questions.subList(0, size), hold.get()) ? size : 0;
    }

    private Holds holds() {
        return sitting.context().purse().holds();
    }

    private Optional<Hold> hold(List<Q> questions) {
        List<TokenUsage> most = new ArrayList<>();
        for (Q question : questions) {
            most.add(topic.most(question).orElse(TokenUsage.NONE)); // under a budget that needs it, it is there
        }
        Purpose purpose = new Purpose(sitting.iteration(), sitting.stage(), topic.paidRole());
        return holds().begin(purpose, most, batches.priceFactor());
    }

    private boolean submit(List<String> keys, List<Q> questions, Hold hold) {
        topic.force();
        try {
            OpenBatch batch = sitting.call(
                    topic.role(),
                    "to take a batch of " + keys.size() + " questions",
                    () -> attempt(keys, questions, hold));
            news.tell(batch, State.SUBMITTED, "submitted");
            batch.putOff(sitting.context().batching());
            return true;
        } catch (RoleFailedException e) {
            holds().release(hold.number()); // without effect when it was lost
            refused(keys.size(), e);
            return false;
        }
    }

    private void refused(int size, RoleFailedException e) {
        boolean later =
                e.getCause() instanceof RetryableRoleException && !book.open().isEmpty();
        refused = !later;
        sitting.notice("the " + topic.role() + " took no batch of " + size + " questions: " + e.reason() + "; "
                + (later ? "it is tried again when another batch has ended" : "they are asked one by one"));
    }

    private OpenBatch attempt(List<String> keys, List<Q> questions, Hold hold) throws Exception {
        Intended intended = book.intend(hold.number(), clock.instant(), keys, present());
        Duration patience = sitting.context().config().stopTimeout();
        String id;
        try {
            id = Objects.requireNonNull(
                    line.call("to take a batch", patience, () -> batches.submit(questions)), "submit returned null");
        } catch (StoppedException e) {
            throw e; // it is found out in the next sitting
        } catch (Exception e) {
            boolean unsent = (e instanceof Unbilled refusal && refusal.isUnbilled()) || isAbsent(intended);
            if (unsent) {
                book.close(intended.batch(), keys, Outcome.UNSENT);
                throw e;
            }
            close(intended, Outcome.LOST);
            throw new LionException("it is not known whether the batch was taken: " + e.getMessage(), e);
        }
        return book.submitted(intended, id);
    }

    private Optional<List<String>> present() {
        try {
            return line.call("to list its batches", Duration.ZERO, batches::present)
                    .map(List::copyOf);
        } catch (StoppedException e) {
            throw e;
        } catch (Exception e) {
            return Optional.empty(); // as if it had no list
        }
    }

    /** Whether the provider is known not to have taken a batch: it has none now that it had not before. */
    private boolean isAbsent(Intended intended) {
        if (intended.present().isEmpty()) {
            return false;
        }
        wait.pause(sitting.context().batching().firstPause()); // it may still be on its way into the list
        List<String> before = intended.present().get();
        return present()
                .filter(now -> now.stream().allMatch(id -> before.contains(id) || book.knows(id)))
                .isPresent();
    }

    private void close(Intended intended, Outcome outcome) {
        if (outcome == Outcome.UNSENT) {
            holds().release(intended.hold());
        } else {
            holds().lose(intended.hold());
            sitting.notice("a batch of " + intended.questions().size() + " questions of the " + topic.role()
                    + " was submitted at " + intended.since() + ", but its id was never received; it may be paid for."
                    + " Its questions are asked again, one by one");
        }
        book.close(intended.batch(), intended.questions(), outcome);
    }
}
