package dev.lion.loop;

import dev.lion.data.Instruction;
import dev.lion.data.PaidRole;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import dev.lion.role.Batches;
import dev.lion.role.Comparison;
import dev.lion.role.GenerationRequest;
import dev.lion.role.GenerationResponse;
import dev.lion.role.Generator;
import dev.lion.role.Referee;
import dev.lion.role.Teacher;
import java.util.Optional;

/** Roles whose every attempt is paid for from a purse. */
final class PaidRoles {
    private PaidRoles() {}

    static Roles of(Roles roles, Purse purse) {
        return new Roles(
                new PaidTeacher(roles.teacher(), purse),
                new PaidReferee(roles.referee(), purse),
                new PaidGenerator(roles.generator(), purse),
                roles.student(),
                roles.evaluation());
    }

    private record PaidTeacher(Teacher teacher, Purse purse) implements Teacher {
        @Override
        public Response answer(Instruction instruction) throws Exception {
            return purse.pay(
                    PaidRole.TEACHER,
                    () -> mostTokens(instruction),
                    () -> teacher.answer(instruction),
                    Response::usage);
        }

        @Override
        public Optional<TokenUsage> mostTokens(Instruction instruction) {
            return teacher.mostTokens(instruction);
        }

        /** Unpaid: whoever asks in batches sets aside what they take for as long as they go on. */
        @Override
        public Optional<Batches<Instruction, Response>> batches() {
            return teacher.batches();
        }
    }

    private record PaidReferee(Referee referee, Purse purse) implements Referee {
        @Override
        public Verdict judge(Comparison comparison) throws Exception {
            return purse.pay(
                    PaidRole.REFEREE, () -> mostTokens(comparison), () -> referee.judge(comparison), Verdict::usage);
        }

        @Override
        public Optional<TokenUsage> mostTokens(Comparison comparison) {
            return referee.mostTokens(comparison);
        }

        /** Unpaid, as the teacher's. */
        @Override
        public Optional<Batches<Comparison, Verdict>> batches() {
            return referee.batches();
        }
    }

    private record PaidGenerator(Generator generator, Purse purse) implements Generator {
        @Override
        public GenerationResponse generate(GenerationRequest request) throws Exception {
            return purse.pay(
                    PaidRole.GENERATOR,
                    () -> mostTokens(request),
                    () -> generator.generate(request),
                    GenerationResponse::usage);
        }

        @Override
        public int proposalsPerRequest() {
            return generator.proposalsPerRequest();
        }

        @Override
        public Optional<TokenUsage> mostTokens(GenerationRequest request) {
            return generator.mostTokens(request);
        }
    }
}
