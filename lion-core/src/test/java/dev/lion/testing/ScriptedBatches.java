package dev.lion.testing;

import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import dev.lion.role.BatchItem;
import dev.lion.role.BatchProgress;
import dev.lion.role.Batches;
import dev.lion.role.Comparison;
import dev.lion.role.Referee;
import dev.lion.role.RetryableRoleException;
import dev.lion.role.Teacher;
import dev.lion.role.Unbilled;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A provider of batches in memory, which answers as a role does one by one, and goes on while the loops that use it come and
 * go. By default it takes every batch and has it done at the first look. It can be made to take its time, to leave questions
 * out, to refuse, to be out of reach, to lose batches or the replies that name them, or to break down. Safe for several threads.
 *
 * <pre>{@code
 * var roles = ScriptedRoles.prompt();
 * var batches = ScriptedBatches.of(roles.teacher()::answer).endingAfter(3).leavingOutEvery(5);
 * Teacher teacher = ScriptedBatches.beside(roles.teacher(), batches);
 * }</pre>
 *
 * @param <Q> the questions
 * @param <A> the answers
 */
public final class ScriptedBatches<Q, A> implements Batches<Q, A> {
    private final Answering<Q, A> answering;
    private final Map<String, Submitted<Q, A>> batches = new LinkedHashMap<>();
    private final List<String> cancelled = new ArrayList<>();
    private int looks = 1;
    private int largest = LARGEST;
    private int leftOut = Integer.MAX_VALUE;
    private boolean listing;
    private int repliesToLose;
    private int refusals;
    private Exception refusal = new Refusal("no batches today");
    private int looksToMiss;
    private Optional<String> loss = Optional.empty();
    private int resultsToDrop;
    private int breakDownAt = Integer.MAX_VALUE;
    private int steps;

    /** How a question is answered. */
    @FunctionalInterface
    public interface Answering<Q, A> {
        /** The answer, as a single call of the role gives it. */
        A answer(Q question) throws Exception;
    }

    private static final class Submitted<Q, A> {
        private final List<Q> questions;
        private int looks;
        private Optional<List<BatchItem<A>>> results = Optional.empty();

        private Submitted(List<Q> questions) {
            this.questions = List.copyOf(questions);
        }
    }

    private static class Refusal extends RuntimeException implements Unbilled {
        private static final long serialVersionUID = 1L;

        private Refusal(String message) {
            super(message);
        }

        @Override
        public boolean isUnbilled() {
            return true;
        }
    }

    private static final class Overload extends RetryableRoleException implements Unbilled {
        private static final long serialVersionUID = 1L;

        private Overload() {
            super("too many batches for now");
        }

        @Override
        public boolean isUnbilled() {
            return true;
        }
    }

    private ScriptedBatches(Answering<Q, A> answering) {
        this.answering = answering;
    }

    /** A provider that answers so. */
    public static <Q, A> ScriptedBatches<Q, A> of(Answering<Q, A> answering) {
        return new ScriptedBatches<>(answering);
    }

    /** A teacher that has batches beside its single calls. */
    public static Teacher beside(Teacher teacher, Batches<Instruction, Response> batches) {
        return new Teacher() {
            @Override
            public Response answer(Instruction instruction) throws Exception {
                return teacher.answer(instruction);
            }

            @Override
            public Optional<TokenUsage> mostTokens(Instruction instruction) {
                return teacher.mostTokens(instruction);
            }

            @Override
            public Optional<Batches<Instruction, Response>> batches() {
                return Optional.of(batches);
            }
        };
    }

    /** A referee that has batches beside its single calls. */
    public static Referee beside(Referee referee, Batches<Comparison, Verdict> batches) {
        return new Referee() {
            @Override
            public Verdict judge(Comparison comparison) throws Exception {
                return referee.judge(comparison);
            }

            @Override
            public Optional<TokenUsage> mostTokens(Comparison comparison) {
                return referee.mostTokens(comparison);
            }

            @Override
            public Optional<Batches<Comparison, Verdict>> batches() {
                return Optional.of(batches);
            }
        };
    }

    /** A batch is done at its n-th look; at the first by default. */
    public synchronized ScriptedBatches<Q, A> endingAfter(int numberOfLooks) {
        looks = numberOfLooks;
        return this;
    }

    /** It takes at most this many questions a batch. */
    public synchronized ScriptedBatches<Q, A> holding(int questions) {
        largest = questions;
        return this;
    }

    /** Every n-th question of a batch expires. */
    public synchronized ScriptedBatches<Q, A> leavingOutEvery(int questions) {
        leftOut = questions;
        return this;
    }

    /** It lists its batches; it does not by default. */
    public synchronized ScriptedBatches<Q, A> listing() {
        listing = true;
        return this;
    }

    /** It refuses the next so many batches for good. */
    public synchronized ScriptedBatches<Q, A> refusing(int times) {
        refusals = times;
        refusal = new Refusal("no batches today");
        return this;
    }

    /** It has no room for the next so many batches. */
    public synchronized ScriptedBatches<Q, A> overloaded(int times) {
        refusals = times;
        refusal = new Overload();
        return this;
    }

    /** The next so many batches are not taken, but the connection is lost, so that nobody knows. */
    public synchronized ScriptedBatches<Q, A> losingRequests(int times) {
        refusals = times;
        refusal = new RetryableRoleException("connection lost");
        return this;
    }

    /** The next so many batches are taken, but the reply that names them is lost. */
    public synchronized ScriptedBatches<Q, A> losingReplies(int times) {
        repliesToLose = times;
        return this;
    }

    /** It is out of reach for the next so many looks. */
    public synchronized ScriptedBatches<Q, A> unreachable(int numberOfLooks) {
        looksToMiss = numberOfLooks;
        return this;
    }

    /** Every batch fails as a whole, and is not charged. */
    public synchronized ScriptedBatches<Q, A> losing(String reason) {
        loss = Optional.of(reason);
        return this;
    }

    /** The results of a batch lack this many. */
    public synchronized ScriptedBatches<Q, A> droppingResults(int results) {
        resultsToDrop = results;
        return this;
    }

    /**
     * The process of the loop dies, with {@link ScriptedRoles.InjectedFault}, at a step, counted from 1: each submission has
     * one before the batch is taken and one after it, each look and each cancellation has one. Never again afterwards.
     */
    public synchronized ScriptedBatches<Q, A> breakingDownAt(int step) {
        steps = 0;
        breakDownAt = step;
        return this;
    }

    /** The questions of each batch that was taken, in order. */
    public synchronized List<List<Q>> submitted() {
        return batches.values().stream().map(batch -> batch.questions).toList();
    }

    /** The batches that were cancelled. */
    public synchronized List<String> cancelled() {
        return List.copyOf(cancelled);
    }

    private void step() {
        if (++steps == breakDownAt) {
            throw new ScriptedRoles.InjectedFault();
        }
    }

    @Override
    public synchronized String submit(List<Q> questions) throws Exception {
        if (questions.isEmpty() || questions.size() > largest) {
            throw new IllegalArgumentException(questions.size() + " questions");
        }
        step();
        if (refusals > 0) {
            refusals--;
            throw refusal;
        }
        String id = "batch-" + batches.size();
        batches.put(id, new Submitted<>(questions));
        step();
        if (repliesToLose > 0) {
            repliesToLose--;
            throw new RetryableRoleException("connection lost");
        }
        return id;
    }

    @Override
    public synchronized BatchProgress<A> poll(String id, List<Q> questions) throws Exception {
        step();
        if (looksToMiss > 0) {
            looksToMiss--;
            throw new RetryableRoleException("nobody there");
        }
        Submitted<Q, A> batch = batches.get(id);
        if (batch == null || loss.isPresent()) {
            return new BatchProgress.Lost<>(loss.orElse("unknown"), true);
        }
        if (++batch.looks < looks && !cancelled.contains(id)) {
            return new BatchProgress.Running<>("at it");
        }
        if (batch.results.isEmpty()) {
            if (!questions.equals(batch.questions)) {
                throw new AssertionError(id + " was submitted with other questions");
            }
            batch.results = Optional.of(results(batch.questions, cancelled.contains(id)));
        }
        return new BatchProgress.Ended<>(batch.results.get());
    }

    private List<BatchItem<A>> results(List<Q> questions, boolean wasCancelled) throws Exception {
        List<BatchItem<A>> results = new ArrayList<>();
        for (int i = 0; i < questions.size() - resultsToDrop; i++) {
            boolean expired = (i + 1) % leftOut == 0 || wasCancelled;
            results.add(
                    expired
                            ? new BatchItem.Unanswered<>(wasCancelled ? "cancelled" : "expired", true)
                            : new BatchItem.Answered<>(answering.answer(questions.get(i))));
        }
        return results;
    }

    @Override
    public synchronized void cancel(String id) {
        step();
        cancelled.add(id);
    }

    @Override
    public synchronized Optional<Set<String>> present() {
        return listing ? Optional.of(Set.copyOf(batches.keySet())) : Optional.empty();
    }

    @Override
    public synchronized int largest() {
        return largest;
    }
}
