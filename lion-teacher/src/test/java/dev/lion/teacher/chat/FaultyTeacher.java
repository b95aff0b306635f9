package dev.lion.teacher.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Teacher, referee and generator behind one server, whose replies follow from the request alone, but for a share of them in
 * whose place a fault comes. Runs by itself too, so that a command line can be tried against it:
 *
 * <pre>{@code
 * java -cp lion-teacher/target/test-classes:lion-teacher/target/classes:lion-examples/target/lion-examples.jar \
 *     dev.lion.teacher.chat.FaultyTeacher 8099 0.05
 * }</pre>
 */
final class FaultyTeacher implements Function<FaultServer.Request, Fault> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WORDS = 400;

    private final List<FaultCase> faults;
    private final double share;
    private final long seed;
    private final Map<String, Integer> played = new TreeMap<>();

    /** A teacher that plays one of some faults in a share of its replies. */
    FaultyTeacher(List<FaultCase> faults, double share, long seed) {
        this.faults = faults;
        this.share = share;
        this.seed = seed;
    }

    /** How often each fault came. */
    synchronized Map<String, Integer> played() {
        return Map.copyOf(played);
    }

    /** How often a fault came that some caller has to do something about. */
    synchronized int playedInAll() {
        return played.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public Fault apply(FaultServer.Request request) {
        SplittableRandom random = new SplittableRandom(seed + request.number());
        if (random.nextDouble() < share) {
            FaultCase fault = faults.get(random.nextInt(faults.size()));
            synchronized (this) {
                played.merge(fault.name(), 1, Integer::sum);
            }
            return fault.fault();
        }
        return Faults.answer(reply(request.body()));
    }

    private static String reply(String body) {
        try {
            JsonNode messages = JSON.readTree(body).path("messages");
            String user = messages.path(messages.size() - 1).path("content").asText();
            Random random = new Random(user.hashCode());
            if (user.contains("BEGIN ANSWER 1")) {
                return "Score of answer 1: " + (1 + random.nextInt(10)) + "\nScore of answer 2: "
                        + (1 + random.nextInt(10));
            }
            String words = random.ints(12, 0, WORDS).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
            return user.contains("BEGIN EXAMPLE") ? "Explain " + words + "." : "It is about " + words + ".";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the client sent what is not JSON", e);
        }
    }

    /**
     * Takes the port, the share of requests that fail, and, unless it is to be any that passes quickly, the beginning of the
     * fault's name in the {@link FaultTable}; says every ten seconds what it played.
     */
    public static void main(String[] args) throws Exception {
        List<FaultCase> quick = FaultTable.cases().stream()
                .filter(fault -> args.length > 2
                        ? fault.name().startsWith(args[2])
                        : fault.isRepeated() && !fault.hangs() && !fault.guarded())
                .toList();
        FaultyTeacher teacher = new FaultyTeacher(quick, Double.parseDouble(args[1]), 42);
        try (FaultServer server = FaultServer.start(Integer.parseInt(args[0]), teacher)) {
            System.out.println("listening at " + server.baseUrl());
            while (true) {
                TimeUnit.SECONDS.sleep(10);
                System.out.println(server.requests().size() + " requests, " + teacher.playedInAll() + " faults: "
                        + new TreeMap<>(teacher.played()));
            }
        }
    }
}
