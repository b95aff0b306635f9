package dev.lion.cost;

import dev.lion.data.Amount;
import dev.lion.data.TokenUsage;
import dev.lion.run.Purpose;
import java.util.OptionalLong;

/** One attempt of a call that may cost something. Its thread ends it once; what comes after that has no effect. */
public final class Attempt {
    private final Ledger ledger;
    private final OptionalLong number;
    private final Purpose purpose;
    private final Amount most;
    private boolean ended;

    Attempt(Ledger ledger, OptionalLong number, Purpose purpose, Amount most) {
        this.ledger = ledger;
        this.number = number;
        this.purpose = purpose;
        this.most = most;
    }

    /**
     * It brought a result, and the role reports these tokens: {@link TokenUsage#NONE} when it does not say, {@link
     * TokenUsage#FREE} when nothing is charged.
     */
    public void settle(TokenUsage reported) {
        ledger.settle(this, reported);
    }

    /** It failed, and is known not to be charged. */
    public void refused() {
        ledger.refused(this);
    }

    /** It failed, and may be charged: what was set aside for it is taken for spent. */
    public void lost() {
        ledger.lost(this);
    }

    /** Its number on disk, if something was set aside for it. */
    OptionalLong number() {
        return number;
    }

    Purpose purpose() {
        return purpose;
    }

    /** What was set aside. */
    Amount most() {
        return most;
    }

    /** Called under the ledger's lock, as {@link #end} is. */
    boolean hasEnded() {
        return ended;
    }

    void end() {
        ended = true;
    }
}
