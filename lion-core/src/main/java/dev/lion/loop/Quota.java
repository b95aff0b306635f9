package dev.lion.loop;

import com.google.common.base.Suppliers;
import dev.lion.data.Difficulty;
import dev.lion.data.Instruction;
import dev.lion.run.Proposals;
import dev.lion.strategy.ParentRule;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * How far generation has come with one difficulty. Requests are numbered from 0; results may arrive in any order and from
 * any thread, and are decided on in the order of the numbers, by the coordinating thread.
 */
final class Quota {
    private final Difficulty difficulty;
    private final Supplier<ParentRule.Draw> parents;
    private final int size;
    private final long mostRequests;
    private final int perRequest;
    private final Yield yield;
    private final Map<Integer, Proposals> results = new ConcurrentHashMap<>();
    private int issued;
    private int decided;
    private int accepted;

    Quota(
            Difficulty difficulty,
            Supplier<ParentRule.Draw> parents,
            int size,
            int requestsPerInstruction,
            int perRequest,
            Yield yield) {
        this.difficulty = difficulty;
        this.parents = Suppliers.memoize(parents::get);
        this.size = size;
        this.mostRequests = (long) size * requestsPerInstruction;
        this.perRequest = perRequest;
        this.yield = yield;
    }

    /** The parent of a request. It follows from the request's number, whatever was asked before. */
    Instruction parent(long runSeed, int iteration, int request) {
        long seed = Randomness.seed(runSeed, iteration, "parent", difficulty, request);
        return parents.get().next(new Random(seed));
    }

    /** Whether more is wanted and may be asked for. */
    boolean isOpen() {
        return !isFull() && decided < mostRequests && !yield.isTooLow();
    }

    boolean isFull() {
        return accepted >= size;
    }

    /** Whether another request still has something to bring, even if all that the outstanding ones propose is accepted. */
    boolean mayIssue(int mostOutstanding) {
        int outstanding = issued - decided;
        boolean wanted = (long) outstanding * perRequest < size - accepted;
        return isOpen() && issued < mostRequests && wanted && outstanding < mostOutstanding;
    }

    int issue() {
        return issued++;
    }

    void received(Proposals proposals) {
        results.put(proposals.request(), proposals);
    }

    boolean hasNext() {
        return results.containsKey(decided);
    }

    Proposals next() {
        return Objects.requireNonNull(results.remove(decided++));
    }

    void accept() {
        accepted++;
    }

    /** A request was decided on, and this many of what it brought were accepted. */
    void decided(int accepted) {
        yield.decided(accepted > 0);
    }

    /** Why it ended before it was full. */
    String shortReason() {
        return yield.isTooLow()
                ? yield.describe()
                : decided + " requests, the most allowed (maxRequestsPerInstruction)";
    }

    /** Whether this difficulty has had a smaller part of its requests decided than the other. */
    boolean isBehind(Quota other) {
        return (long) decided * other.size < (long) other.decided * size;
    }

    Difficulty difficulty() {
        return difficulty;
    }

    int size() {
        return size;
    }

    int decided() {
        return decided;
    }

    int accepted() {
        return accepted;
    }
}
