/**
 * The four roles of the loop and the values they take: {@link dev.lion.role.Teacher}, {@link dev.lion.role.Referee}, {@link
 * dev.lion.role.Generator} and {@link dev.lion.role.Student}. An adapter is a class, or a lambda, with one method; a student has
 * four and a {@code close}.
 *
 * <p>Who writes one starts with its interface, throws {@link dev.lion.role.RetryableRoleException} for what may pass and {@link
 * dev.lion.role.UnusableRoleException} for what concerns every call, and checks it with the contract tests in lion-core's {@code
 * tests} artifact. lion-teacher has adapters for chat models, lion-student one for a student in this process.
 */
@NullMarked
package dev.lion.role;

import org.jspecify.annotations.NullMarked;
