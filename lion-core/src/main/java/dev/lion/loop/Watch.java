package dev.lion.loop;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after everything that a run waits for, on one thread of its own: ends calls that take longer than {@link
 * LoopConfig#callTimeout()}, and says what is awaited when nothing has moved for {@link LoopConfig#stallWarning()}.
 *
 * <p>A call past its time is interrupted; one that goes on all the same is abandoned a while later. For any thread.
 */
final class Watch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final Duration LONGEST_GRACE = Duration.ofSeconds(10);
    private static final Duration LONGEST_NAP = Duration.ofSeconds(1);

    private final Ticker ticker;
    private final Events events;
    private final long timeout;
    private final long grace;
    private final Duration nap;
    private final Set<Awaited> underWay = ConcurrentHashMap.newKeySet();
    private final StallClock stalls;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Optional<CallSite.Where> where = Optional.empty();

    Watch(LoopConfig config, Events events, Ticker ticker) {
        this.ticker = ticker;
        this.events = events;
        this.timeout = config.callTimeout().toNanos();
        this.grace = Math.min(timeout, LONGEST_GRACE.toNanos());
        this.nap = nap(config);
        this.stalls = new StallClock(config.stallWarning(), ticker.read());
    }

    private static Duration nap(LoopConfig config) {
        Duration shorter = config.callTimeout().compareTo(config.stallWarning()) < 0
                ? config.callTimeout()
                : config.stallWarning();
        Duration quarter = shorter.dividedBy(4);
        return quarter.compareTo(LONGEST_NAP) < 0 ? quarter : LONGEST_NAP;
    }

    /** A stage begins: what is quiet from here on is quiet in it. */
    void entered(CallSite.Where place) {
        where = Optional.of(place);
        stalls.restart(ticker.read());
    }

    /** Something was achieved. */
    void moved() {
        stalls.moved(ticker.read());
    }

    /** An attempt of a call begins, on the calling thread. */
    Awaited begin(CallSite site, int attempt) {
        return added(Awaited.attempt(site, attempt, ticker.read()));
    }

    /** A pause between attempts begins, on the calling thread. */
    Awaited beginPause(CallSite site) {
        return added(Awaited.pause(site, ticker.read()));
    }

    private Awaited added(Awaited awaited) {
        underWay.add(awaited);
        return awaited;
    }

    /**
     * What {@code awaited} waited for is over, on the thread that began it.
     *
     * @return whether it took too long and was interrupted
     * @throws AbandonedException when it took so long that it was abandoned
     */
    boolean end(Awaited awaited) {
        underWay.remove(awaited);
        Awaited.End end = awaited.end();
        if (end == Awaited.End.ABANDONED) {
            throw new AbandonedException(awaited.describe());
        }
        moved();
        return end == Awaited.End.INTERRUPTED;
    }

    /** Looks after all once. */
    void look() {
        long now = ticker.read();
        List.copyOf(underWay).forEach(awaited -> endIfOverdue(awaited, now));
        stalls.overdue(now).ifPresent(quiet -> warn(quiet, now));
    }

    private void endIfOverdue(Awaited awaited, long now) {
        long taken = now - awaited.since();
        if (taken >= timeout && awaited.interrupt()) {
            LOG.warn("{}: no answer within {}; interrupted", awaited.describe(), inWords(timeout));
        } else if (taken >= timeout + grace && awaited.abandon()) {
            underWay.remove(awaited);
            LOG.warn("{}: does not end when it is interrupted; its thread is left behind", awaited.describe());
        }
    }

    private void warn(Duration quiet, long now) {
        Optional<Awaited> oldest = oldest(underWay);
        String awaited = "nothing has moved for " + Durations.inWords(quiet) + "; waiting for " + describe(oldest, now);
        LOG.warn(awaited);
        events.tryTell(new LoopEvent.Stalled(
                oldest.map(each -> each.site().role()),
                where.map(CallSite.Where::stage),
                oldest.flatMap(each -> each.site().instructionId()),
                quiet,
                underWay.size(),
                awaited));
    }

    private static Optional<Awaited> oldest(Collection<Awaited> all) {
        return all.stream().min(Comparator.comparingLong(Awaited::since));
    }

    private String describe(Optional<Awaited> oldest, long now) {
        Optional<String> listener = events.awaitedListener();
        if (listener.isPresent()) {
            return "the listener " + listener.get() + ", which holds up everything else";
        }
        if (oldest.isEmpty()) {
            return "no call: the loop itself or the disk is at work"
                    + where.map(place -> " in " + place).orElse("");
        }
        int others = underWay.size() - 1;
        return oldest.get().describe() + " since " + inWords(now - oldest.get().since())
                + (others > 0 ? ", with " + others + " more calls under way" : "");
    }

    private static String inWords(long nanos) {
        return Durations.inWords(Duration.ofNanos(nanos));
    }

    /** Goes on looking until it is closed, on a thread of its own. */
    Watch started() {
        Thread thread = new Thread(this::lookOn, "lion-watch");
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    private void lookOn() {
        try {
            while (!closed.await(Math.max(1, nap.toMillis()), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            LOG.error("the watch over calls was interrupted; nothing ends calls that hang any more", e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
