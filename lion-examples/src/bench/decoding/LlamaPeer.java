import com.fasterxml.jackson.databind.ObjectMapper;
import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** llama.cpp of Maven's de.kherud:llama as a peer of bench decoding, see peers.sh: a slot for each prompt, batched continuously. */
final class LlamaPeer {
    private static final int LONGEST_PROMPT = 400;
    private static final int FIRST_TOKENS = 9;

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        int threads = Integer.parseInt(options.get("--threads"));
        int count = Integer.parseInt(options.get("--new"));
        int batch = Integer.parseInt(options.get("--batch"));
        var prompts = List.of(new ObjectMapper().readValue(new File(options.get("--prompts")), String[].class));
        var parameters = new ModelParameters()
                .setModel(options.get("--folder") + "-" + options.get("--type") + ".gguf")
                .setThreads(threads)
                .setThreadsBatch(threads)
                .setCtxSize((LONGEST_PROMPT + count) * batch)
                .setParallel(batch)
                .enableContBatching()
                .disableMmap();
        parameters.disableLog();
        try (var model = new LlamaModel(parameters)) {
            seconds(model, prompts.subList(0, batch), count);
            double least = Double.MAX_VALUE;
            double leastFirst = Double.MAX_VALUE;
            for (int i = 0; i < Integer.parseInt(options.get("--repeats")); i++) {
                leastFirst = Math.min(leastFirst, seconds(model, prompts.subList(0, batch), 1));
                least = Math.min(least, seconds(model, prompts.subList(0, batch), count));
            }
            var firsts = new double[FIRST_TOKENS];
            for (int i = 0; i < FIRST_TOKENS; i++) {
                firsts[i] = seconds(model, List.of(prompts.get(i)), 1);
            }
            Arrays.sort(firsts);
            System.out.printf(
                    Locale.ROOT,
                    "{\"decode_tokens_per_s\": %f, \"tokens_per_s\": %f, \"first_token_ms\": %f}%n",
                    batch * (count - 1) / (least - leastFirst),
                    batch * count / least,
                    firsts[FIRST_TOKENS / 2] * 1e3);
        }
        System.exit(0);
    }

    private static double seconds(LlamaModel model, List<String> prompts, int count) throws Exception {
        var pool = Executors.newFixedThreadPool(prompts.size());
        var tasks = new ArrayList<Callable<String>>();
        for (String prompt : prompts) {
            tasks.add(() -> model.complete(new InferenceParameters(prompt)
                    .setNPredict(count)
                    .setTemperature(0)
                    .setRepeatPenalty(1)
                    .setIgnoreEos(true)
                    .setCachePrompt(false)));
        }
        long start = System.nanoTime();
        for (Future<String> one : pool.invokeAll(tasks)) {
            one.get();
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        pool.shutdown();
        return seconds;
    }
}
