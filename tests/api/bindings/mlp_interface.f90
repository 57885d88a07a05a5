! The functions the test uses, as Fortran sees them: iso_c_binding, nothing else.
module mlp_interface
  use, intrinsic :: iso_c_binding
  implicit none
  public

  integer(c_int32_t), parameter :: MLP_F32 = 1, MLP_F64 = 2, MLP_SIGMOID = 6, MLP_USE_DERIVATIVES = 2
  integer(c_int32_t), parameter :: MLP_SQUARED_ERROR = 1, MLP_OK = 0, MLP_ERR_SIZE = -2

  interface
    integer(c_int32_t) function mlp_model_create(dtype, layers, widths, hidden, model) bind(c)
      import :: c_int32_t, c_int64_t, c_ptr
      integer(c_int32_t), value :: dtype, layers, hidden
      integer(c_int64_t), intent(in) :: widths(*)
      type(c_ptr), intent(out) :: model
    end function

    integer(c_int32_t) function mlp_workspace_create(model, max_batch, threads, uses, workspace) bind(c)
      import :: c_int32_t, c_int64_t, c_ptr
      type(c_ptr), value :: model
      integer(c_int64_t), value :: max_batch
      integer(c_int32_t), value :: threads, uses
      type(c_ptr), intent(out) :: workspace
    end function

    subroutine mlp_model_destroy(model) bind(c)
      import :: c_ptr
      type(c_ptr), value :: model
    end subroutine

    subroutine mlp_workspace_destroy(workspace) bind(c)
      import :: c_ptr
      type(c_ptr), value :: workspace
    end subroutine

    type(c_ptr) function mlp_last_error() bind(c)
      import :: c_ptr
    end function

    integer(c_int32_t) function mlp_model_set_params_f32(model, offset, count, theta) bind(c)
      import :: c_int32_t, c_int64_t, c_ptr, c_float
      type(c_ptr), value :: model
      integer(c_int64_t), value :: offset, count
      real(c_float), intent(in) :: theta(*)
    end function

    integer(c_int32_t) function mlp_model_set_params_f64(model, offset, count, theta) bind(c)
      import :: c_int32_t, c_int64_t, c_ptr, c_double
      type(c_ptr), value :: model
      integer(c_int64_t), value :: offset, count
      real(c_double), intent(in) :: theta(*)
    end function

    integer(c_int32_t) function mlp_forward_f32(model, workspace, batch, x, ldx, y, ldy) bind(c)
      import :: c_int32_t, c_int64_t, c_ptr, c_float
      type(c_ptr), value :: model, workspace
      integer(c_int64_t), value :: batch, ldx, ldy
      real(c_float), intent(in) :: x(*)
      real(c_float), intent(inout) :: y(*)
    end function

    integer(c_int32_t) function mlp_forward_f64(model, workspace, batch, x, ldx, y, ldy) bind(c)
      import :: c_int32_t, c_int64_t, c_ptr, c_double
      type(c_ptr), value :: model, workspace
      integer(c_int64_t), value :: batch, ldx, ldy
      real(c_double), intent(in) :: x(*)
      real(c_double), intent(inout) :: y(*)
    end function

    integer(c_int32_t) function mlp_vjp_f32(model, workspace, y_bar, ldy, x_bar, ldx, theta_bar) bind(c)
      import :: c_int32_t, c_int64_t, c_ptr, c_float
      type(c_ptr), value :: model, workspace
      integer(c_int64_t), value :: ldy, ldx
      real(c_float), intent(in) :: y_bar(*)
      real(c_float), intent(inout) :: x_bar(*), theta_bar(*)
    end function

    integer(c_int32_t) function mlp_vjp_f64(model, workspace, y_bar, ldy, x_bar, ldx, theta_bar) bind(c)
      import :: c_int32_t, c_int64_t, c_ptr, c_double
      type(c_ptr), value :: model, workspace
      integer(c_int64_t), value :: ldy, ldx
      real(c_double), intent(in) :: y_bar(*)
      real(c_double), intent(inout) :: x_bar(*), theta_bar(*)
    end function

    integer(c_int32_t) function mlp_jvp_f32(model, workspace, x_dot, ldx, theta_dot, y_dot, ldy) bind(c)
      import :: c_int32_t, c_int64_t, c_ptr, c_float
      type(c_ptr), value :: model, workspace
      integer(c_int64_t), value :: ldy, ldx
      real(c_float), intent(in) :: x_dot(*), theta_dot(*)
      real(c_float), intent(inout) :: y_dot(*)
    end function

    integer(c_int32_t) function mlp_jvp_f64(model, workspace, x_dot, ldx, theta_dot, y_dot, ldy) bind(c)
      import :: c_int32_t, c_int64_t, c_ptr, c_double
      type(c_ptr), value :: model, workspace
      integer(c_int64_t), value :: ldy, ldx
      real(c_double), intent(in) :: x_dot(*), theta_dot(*)
      real(c_double), intent(inout) :: y_dot(*)
    end function

    integer(c_int32_t) function mlp_jacobian_output_f32(model, workspace, to, from, J, ldj, stride) bind(c)
      import :: c_int32_t, c_int64_t, c_ptr, c_float
      type(c_ptr), value :: model, workspace
      integer(c_int32_t), value :: to, from
      integer(c_int64_t), value :: ldj, stride
      real(c_float), intent(inout) :: J(*)
    end function

    integer(c_int32_t) function mlp_jacobian_output_f64(model, workspace, to, from, J, ldj, stride) bind(c)
      import :: c_int32_t, c_int64_t, c_ptr, c_double
      type(c_ptr), value :: model, workspace
      integer(c_int32_t), value :: to, from
      integer(c_int64_t), value :: ldj, stride
      real(c_double), intent(inout) :: J(*)
    end function
  end interface
end module
