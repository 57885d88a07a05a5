! The golden numbers from Fortran by iso_c_binding, in both number types, and one error path.
! usage: test_fortran golden.h
program test_fortran
  use mlp_interface
  implicit none

  integer, parameter :: n = 4, batch = 3, count = 105
  real(c_double), parameter :: target = 0.25d0
  integer(c_int64_t), parameter :: widths(7) = [integer(c_int64_t) :: 4, 4, 4, 4, 4, 4, 1]
  integer(c_int64_t), parameter :: one = 1, four = 4
  character(len=1024) :: path
  integer :: failures = 0

  call get_command_argument(1, path)
  call test_f32()
  call test_f64()
  if (failures > 0) error stop 1
  print '(a)', 'Fortran: the golden numbers'

contains

  subroutine expect(ok, what)
    logical, intent(in) :: ok
    character(len=*), intent(in) :: what
    if (.not. ok) then
      print '(2a)', 'FAILED: ', what
      failures = failures + 1
    end if
  end subroutine

  subroutine succeed(status, what)
    integer(c_int32_t), intent(in) :: status
    character(len=*), intent(in) :: what
    if (status == MLP_OK) return
    print '(4a)', 'FAILED: ', what, ': ', last_error()
    error stop 1
  end subroutine

  ! mlp_last_error() as a Fortran string.
  function last_error() result(text)
    character(len=:), allocatable :: text
    character(kind=c_char), pointer :: c(:)
    integer :: length
    call c_f_pointer(mlp_last_error(), c, [4096])
    length = 0
    allocate (character(len=0) :: text)
    do while (c(length + 1) /= c_null_char)
      text = text//c(length + 1)
      length = length + 1
    end do
  end function

  ! ((factor k) mod modulus - centre) / divisor for k = 0 .. m - 1
  function fractions(m, factor, modulus, centre, divisor) result(v)
    integer, intent(in) :: m, factor, modulus, centre, divisor
    real(c_double) :: v(m)
    integer :: k
    v = [(real(mod(factor*k, modulus) - centre, c_double)/divisor, k=0, m - 1)]
  end function

  ! The array golden_<name> of the C header: one number a line after the line that names it.
  function golden(name, m) result(v)
    character(len=*), intent(in) :: name
    integer, intent(in) :: m
    real(c_double) :: v(m)
    character(len=200) :: line
    integer :: unit, k
    open (newunit=unit, file=trim(path), status='old', action='read')
    do
      read (unit, '(a)') line
      if (index(line, 'golden_'//name//'[') > 0) exit
    end do
    do k = 1, m
      read (unit, '(a)') line
      line = line(:index(line, ',') - 1)
      read (line, *) v(k)
    end do
    close (unit)
  end function

  subroutine compare(what, got, want, relative, absolute)
    character(len=*), intent(in) :: what
    real(c_double), intent(in) :: got(:), want(:), relative, absolute
    call expect(all(abs(got - want) <= relative*abs(want) + absolute*maxval(abs(want))), what)
  end subroutine

  subroutine check_short_leading_dimension(status)
    integer(c_int32_t), intent(in) :: status
    call expect(status == MLP_ERR_SIZE, 'status of a short leading dimension')
    call expect(index(last_error(), 'ldx') > 0, 'the message names ldx')
  end subroutine

  subroutine test_f32()
    type(c_ptr) :: model, workspace
    real(c_float) :: theta(count), theta_dot(count), theta_bar(count), x(n, batch), x_dot(n, batch), x_bar(n, batch)
    real(c_float) :: y(batch), y_bar(batch), y_dot(batch), J(n, n, batch)
    real(c_double), parameter :: r = 1d-4, a = 1d-6
    theta = real(fractions(count, 7919, 1009, 504, 256), c_float)
    theta_dot = real(fractions(count, 211, 199, 99, 64), c_float)
    x = reshape(real(fractions(n*batch, 577, 251, 125, 64), c_float), shape(x))
    x_dot = reshape(real(fractions(n*batch, 331, 127, 63, 64), c_float), shape(x))
    call succeed(mlp_model_create(MLP_F32, 6, widths, MLP_SIGMOID, model), 'mlp_model_create')
    call succeed(mlp_model_set_params_f32(model, 0_c_int64_t, 105_c_int64_t, theta), 'mlp_model_set_params_f32')
    call succeed(mlp_workspace_create(model, 3_c_int64_t, 1, MLP_USE_DERIVATIVES, workspace), 'mlp_workspace_create')
    call succeed(mlp_forward_f32(model, workspace, 3_c_int64_t, x, four, y, one), 'mlp_forward_f32')
    y_bar = (y - real(target, c_float))/batch
    call succeed(mlp_vjp_f32(model, workspace, y_bar, one, x_bar, four, theta_bar), 'mlp_vjp_f32')
    call succeed(mlp_jvp_f32(model, workspace, x_dot, four, theta_dot, y_dot, one), 'mlp_jvp_f32')
    call succeed(mlp_jacobian_output_f32(model, workspace, 3, 0, J, four, 16_c_int64_t), 'mlp_jacobian_output_f32')
    call compare('f32 y', real(y, c_double), golden('y', batch), r, a)
    call compare('f32 x_bar', real(reshape(x_bar, [n*batch]), c_double), golden('x_bar', n*batch), r, a)
    call compare('f32 theta_bar', real(theta_bar, c_double), golden('theta_bar', count), r, a)
    call compare('f32 y_dot', real(y_dot, c_double), golden('y_dot', batch), r, a)
    call compare('f32 J', real(reshape(J, [n*n*batch]), c_double), golden('jacobian', n*n*batch), r, a)
    call check_short_leading_dimension(mlp_forward_f32(model, workspace, 3_c_int64_t, x, 3_c_int64_t, y, one))
    call mlp_workspace_destroy(workspace)
    call mlp_model_destroy(model)
  end subroutine

  subroutine test_f64()
    type(c_ptr) :: model, workspace
    real(c_double) :: theta(count), theta_dot(count), theta_bar(count), x(n, batch), x_dot(n, batch), x_bar(n, batch)
    real(c_double) :: y(batch), y_bar(batch), y_dot(batch), J(n, n, batch)
    real(c_double), parameter :: r = 1d-12, a = 1d-15
    theta = fractions(count, 7919, 1009, 504, 256)
    theta_dot = fractions(count, 211, 199, 99, 64)
    x = reshape(fractions(n*batch, 577, 251, 125, 64), shape(x))
    x_dot = reshape(fractions(n*batch, 331, 127, 63, 64), shape(x))
    call succeed(mlp_model_create(MLP_F64, 6, widths, MLP_SIGMOID, model), 'mlp_model_create')
    call succeed(mlp_model_set_params_f64(model, 0_c_int64_t, 105_c_int64_t, theta), 'mlp_model_set_params_f64')
    call succeed(mlp_workspace_create(model, 3_c_int64_t, 1, MLP_USE_DERIVATIVES, workspace), 'mlp_workspace_create')
    call succeed(mlp_forward_f64(model, workspace, 3_c_int64_t, x, four, y, one), 'mlp_forward_f64')
    y_bar = (y - target)/batch
    call succeed(mlp_vjp_f64(model, workspace, y_bar, one, x_bar, four, theta_bar), 'mlp_vjp_f64')
    call succeed(mlp_jvp_f64(model, workspace, x_dot, four, theta_dot, y_dot, one), 'mlp_jvp_f64')
    call succeed(mlp_jacobian_output_f64(model, workspace, 3, 0, J, four, 16_c_int64_t), 'mlp_jacobian_output_f64')
    call compare('f64 y', y, golden('y', batch), r, a)
    call compare('f64 loss', [sum((y - target)**2)/2/batch], golden('loss', 1), r, a)
    call compare('f64 x_bar', reshape(x_bar, [n*batch]), golden('x_bar', n*batch), r, a)
    call compare('f64 theta_bar', theta_bar, golden('theta_bar', count), r, a)
    call compare('f64 y_dot', y_dot, golden('y_dot', batch), r, a)
    call compare('f64 J', reshape(J, [n*n*batch]), golden('jacobian', n*n*batch), r, a)
    call check_short_leading_dimension(mlp_forward_f64(model, workspace, 3_c_int64_t, x, 3_c_int64_t, y, one))
    call mlp_workspace_destroy(workspace)
    call mlp_model_destroy(model)
  end subroutine
end program
