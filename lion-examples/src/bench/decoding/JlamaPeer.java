import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tjake.jlama.model.AbstractModel;
import com.github.tjake.jlama.model.ModelSupport;
import com.github.tjake.jlama.safetensors.DType;
import com.github.tjake.jlama.tensor.AbstractTensor;
import com.github.tjake.jlama.tensor.KvBufferCache;
import com.github.tjake.jlama.util.PhysicalCoreExecutor;
import java.io.File;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Jlama as a peer of bench decoding, see peers.sh. It has no batches: prompts are continued one after the other. */
final class JlamaPeer {
    private static final int WARM_UPS = 6;
    private static final int FIRST_TOKENS = 9;

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        PhysicalCoreExecutor.overrideThreadCount(Integer.parseInt(options.get("--threads")));
        String[] prompts = new ObjectMapper().readValue(new File(options.get("--prompts")), String[].class);
        int count = Integer.parseInt(options.get("--new"));
        int batch = Integer.parseInt(options.get("--batch"));
        AbstractModel model = ModelSupport.loadModel(new File(options.get("--folder")), DType.F32, DType.F32);
        for (int i = 0; i < WARM_UPS; i++) {
            times(model, prompts[i], count / 2);
        }
        double least = Double.MAX_VALUE;
        double leastDecoding = Double.MAX_VALUE;
        for (int i = 0; i < Integer.parseInt(options.get("--repeats")); i++) {
            double all = 0;
            double decoding = 0;
            for (String prompt : List.of(prompts).subList(0, batch)) {
                double[] times = times(model, prompt, count);
                all += times[count - 1];
                decoding += times[count - 1] - times[0];
            }
            least = Math.min(least, all);
            leastDecoding = Math.min(leastDecoding, decoding);
        }
        var firsts = new double[FIRST_TOKENS];
        for (int i = 0; i < FIRST_TOKENS; i++) {
            firsts[i] = times(model, prompts[i], 1)[0];
        }
        Arrays.sort(firsts);
        System.out.printf(
                Locale.ROOT,
                "{\"decode_tokens_per_s\": %f, \"tokens_per_s\": %f, \"first_token_ms\": %f}%n",
                batch * (count - 1) / leastDecoding,
                batch * count / least,
                firsts[FIRST_TOKENS / 2] * 1e3);
        System.exit(0);
    }

    /** When each token was there, in seconds. */
    private static double[] times(AbstractModel model, String prompt, int count) throws Exception {
        var times = new double[count];
        long start = System.nanoTime();
        int[] input = Arrays.stream(model.getTokenizer().encode(prompt)).mapToInt(id -> (int) id).toArray();
        int position = 0;
        try (var cache = new KvBufferCache(model).getEphemeralKvBuffer()) {
            for (int i = 0; i < count; i++) {
                try (AbstractTensor hidden = model.batchForward(input, position, cache)) {
                    position += input.length;
                    input = new int[] {largest(model.getLogits(hidden.slice(hidden.shape().first() - 1)))};
                }
                times[i] = (System.nanoTime() - start) * 1e-9;
            }
        }
        return times;
    }

    private static int largest(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }
}
