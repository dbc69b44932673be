// cv::Mat itself: making, describing, viewing, copying; and what rearranges whole arrays.
#include "nlcl_opencv.h"

#include <cstring>

struct NlMatInfo {
    int flags, dims, rows, cols;
    const void *data, *data_start, *data_end, *data_limit;
    int64_t step, total, elem_size, elem_size1;
};

NLCL_API const NlFailure* nlcl_mat_new(cv::Mat** mat) { return guarded([&] { *mat = nl_keep(cv::Mat()); }); }
NLCL_API void nlcl_mat_delete(cv::Mat* mat) { nl_drop(mat); }

NLCL_API const NlFailure* nlcl_mat_new_sized(int rows, int cols, int type, cv::Mat** mat) {
    return guarded([&] { *mat = nl_keep(cv::Mat(rows, cols, type)); });
}
NLCL_API const NlFailure* nlcl_mat_new_filled(int rows, int cols, int type, NlScalar value, cv::Mat** mat) {
    return guarded([&] { *mat = nl_keep(cv::Mat(rows, cols, type, cv_(value))); });
}
NLCL_API const NlFailure* nlcl_mat_new_over(int rows, int cols, int type, void* data, int64_t step, cv::Mat** mat) {
    return guarded([&] { *mat = nl_keep(cv::Mat(rows, cols, type, data, static_cast<size_t>(step))); });
}
NLCL_API const NlFailure* nlcl_mat_new_nd(int dims, const int* sizes, int type, cv::Mat** mat) {
    return guarded([&] { *mat = nl_keep(cv::Mat(dims, sizes, type)); });
}
NLCL_API const NlFailure* nlcl_mat_new_nd_filled(int dims, const int* sizes, int type, NlScalar value, cv::Mat** mat) {
    return guarded([&] { *mat = nl_keep(cv::Mat(dims, sizes, type, cv_(value))); });
}
NLCL_API const NlFailure* nlcl_mat_new_nd_over(int dims, const int* sizes, int type, void* data, const int64_t* steps, cv::Mat** mat) {
    return guarded([&] {
        std::vector<size_t> bytes;
        for (int i = 0; steps && i < dims - 1; i++) bytes.push_back(static_cast<size_t>(steps[i]));
        *mat = nl_keep(cv::Mat(dims, sizes, type, data, steps ? bytes.data() : nullptr));
    });
}
NLCL_API const NlFailure* nlcl_mat_same(const cv::Mat* mat, cv::Mat** same) { return guarded([&] { *same = nl_keep(cv::Mat(*mat)); }); }

NLCL_API void nlcl_mat_info(const cv::Mat* m, NlMatInfo* info) {
    *info = {m->flags, m->dims, m->rows, m->cols, m->data, m->datastart, m->dataend, m->datalimit,
             m->dims > 0 ? static_cast<int64_t>(m->step[0]) : 0, static_cast<int64_t>(m->total()),
             static_cast<int64_t>(m->elemSize()), static_cast<int64_t>(m->elemSize1())};
}
NLCL_API int nlcl_mat_is_submatrix(const cv::Mat* mat) { return mat->isSubmatrix(); }
NLCL_API const NlFailure* nlcl_mat_size_at(const cv::Mat* mat, int dim, int* size, int64_t* step) {
    return guarded([&] {
        if (dim < 0 || dim >= mat->dims) CV_Error(cv::Error::StsOutOfRange, "there is no such dimension");
        *size = mat->size[dim];
        *step = static_cast<int64_t>(mat->step[dim]);
    });
}

NLCL_API const NlFailure* nlcl_mat_view(const cv::Mat* mat, NlRange rows, NlRange cols, cv::Mat** view) {
    return guarded([&] { *view = nl_keep((*mat)(cv_(rows), cv_(cols))); });
}
NLCL_API const NlFailure* nlcl_mat_view_nd(const cv::Mat* mat, const NlRange* ranges, int count, cv::Mat** view) {
    return guarded([&] {
        std::vector<cv::Range> all;
        for (int i = 0; i < count; i++) all.push_back(cv_(ranges[i]));
        *view = nl_keep((*mat)(all));
    });
}
NLCL_API const NlFailure* nlcl_mat_locate_roi(const cv::Mat* mat, NlSize* whole, NlPoint* offset) {
    return guarded([&] {
        cv::Size size;
        cv::Point at;
        mat->locateROI(size, at);
        *whole = nl_(size);
        *offset = nl_(at);
    });
}
NLCL_API const NlFailure* nlcl_mat_adjust_roi(cv::Mat* mat, int top, int bottom, int left, int right, cv::Mat** view) {
    return guarded([&] { *view = nl_keep(cv::Mat(mat->adjustROI(top, bottom, left, right))); });
}
NLCL_API const NlFailure* nlcl_mat_reshape(const cv::Mat* mat, int channels, int rows, cv::Mat** view) {
    return guarded([&] { *view = nl_keep(mat->reshape(channels, rows)); });
}
NLCL_API const NlFailure* nlcl_mat_reshape_nd(const cv::Mat* mat, int channels, int dims, const int* sizes, cv::Mat** view) {
    return guarded([&] { *view = nl_keep(mat->reshape(channels, dims, sizes)); });
}

NLCL_API const NlFailure* nlcl_mat_clone(const cv::Mat* mat, cv::Mat** copy) { return guarded([&] { *copy = nl_keep(mat->clone()); }); }
NLCL_API const NlFailure* nlcl_mat_copy_to(const cv::Mat* mat, NlArray dst, NlArray mask) {
    return guarded([&] {
        if (mask.kind == NlNone) mat->copyTo(out(dst));
        else mat->copyTo(out(dst), in(mask));
    });
}
NLCL_API const NlFailure* nlcl_mat_convert_to(const cv::Mat* mat, NlArray dst, int type, double alpha, double beta) {
    return guarded([&] { mat->convertTo(out(dst), type, alpha, beta); });
}
NLCL_API const NlFailure* nlcl_mat_assign_to(const cv::Mat* mat, cv::Mat* dst, int type) {
    return guarded([&] { mat->assignTo(*dst, type); });
}
NLCL_API const NlFailure* nlcl_mat_set_to(cv::Mat* mat, NlArray value, NlArray mask) {
    return guarded([&] { mat->setTo(in(value), in(mask)); });
}
NLCL_API const NlFailure* nlcl_mat_create(cv::Mat* mat, int rows, int cols, int type) {
    return guarded([&] { mat->create(rows, cols, type); });
}
NLCL_API const NlFailure* nlcl_mat_create_nd(cv::Mat* mat, int dims, const int* sizes, int type) {
    return guarded([&] { mat->create(dims, sizes, type); });
}
NLCL_API const NlFailure* nlcl_mat_push_back(cv::Mat* mat, const cv::Mat* rows) { return guarded([&] { mat->push_back(*rows); }); }
NLCL_API const NlFailure* nlcl_mat_dot(const cv::Mat* mat, NlArray other, double* result) {
    return guarded([&] { *result = mat->dot(in(other)); });
}

// A pure initializer in C++ terms: 0 zeros, 1 ones, 2 identity.
NLCL_API const NlFailure* nlcl_mat_initial(int which, int rows, int cols, int type, cv::Mat** mat) {
    return guarded([&] {
        cv::MatExpr made = which == 0 ? cv::Mat::zeros(rows, cols, type) : which == 1 ? cv::Mat::ones(rows, cols, type) : cv::Mat::eye(rows, cols, type);
        *mat = nl_keep(cv::Mat(made));
    });
}

NLCL_API const NlFailure* nlcl_cv_split(NlArray src, cv::Mat** planes) {
    return guarded([&] {
        std::vector<cv::Mat> made;
        cv::split(in(src), made);
        for (size_t i = 0; i < made.size(); i++) planes[i] = nl_keep(std::move(made[i]));
    });
}
NLCL_API const NlFailure* nlcl_cv_merge(cv::Mat* const* mats, int count, NlArray dst) {
    return guarded([&] { cv::merge(list(mats, count), out(dst)); });
}
NLCL_API const NlFailure* nlcl_cv_mix_channels(cv::Mat* const* src, int src_count, cv::Mat* const* dst, int dst_count, const int* pairs, int pair_count) {
    return guarded([&] {
        auto targets = list(dst, dst_count);
        cv::mixChannels(list(src, src_count), targets, pairs, static_cast<size_t>(pair_count));
    });
}
NLCL_API const NlFailure* nlcl_cv_extract_channel(NlArray src, NlArray dst, int channel) {
    return guarded([&] { cv::extractChannel(in(src), out(dst), channel); });
}
NLCL_API const NlFailure* nlcl_cv_insert_channel(NlArray src, NlArray dst, int channel) {
    return guarded([&] { cv::insertChannel(in(src), both(dst), channel); });
}
NLCL_API const NlFailure* nlcl_cv_hconcat(cv::Mat* const* mats, int count, NlArray dst) {
    return guarded([&] { cv::hconcat(list(mats, count), out(dst)); });
}
NLCL_API const NlFailure* nlcl_cv_vconcat(cv::Mat* const* mats, int count, NlArray dst) {
    return guarded([&] { cv::vconcat(list(mats, count), out(dst)); });
}
NLCL_API const NlFailure* nlcl_cv_hconcat2(NlArray a, NlArray b, NlArray dst) {
    return guarded([&] { cv::hconcat(in(a), in(b), out(dst)); });
}
NLCL_API const NlFailure* nlcl_cv_vconcat2(NlArray a, NlArray b, NlArray dst) {
    return guarded([&] { cv::vconcat(in(a), in(b), out(dst)); });
}
NLCL_API const NlFailure* nlcl_cv_copy_to(NlArray src, NlArray dst, NlArray mask) {
    return guarded([&] { cv::copyTo(in(src), out(dst), in(mask)); });
}
NLCL_API const NlFailure* nlcl_cv_flip(NlArray src, NlArray dst, int how) { return guarded([&] { cv::flip(in(src), out(dst), how); }); }
NLCL_API const NlFailure* nlcl_cv_rotate(NlArray src, NlArray dst, int how) { return guarded([&] { cv::rotate(in(src), out(dst), how); }); }
NLCL_API const NlFailure* nlcl_cv_transpose(NlArray src, NlArray dst) { return guarded([&] { cv::transpose(in(src), out(dst)); }); }
NLCL_API const NlFailure* nlcl_cv_repeat(NlArray src, int ny, int nx, NlArray dst) {
    return guarded([&] { cv::repeat(in(src), ny, nx, out(dst)); });
}
NLCL_API const NlFailure* nlcl_cv_copy_make_border(NlArray src, NlArray dst, int top, int bottom, int left, int right, int border, NlScalar value) {
    return guarded([&] { cv::copyMakeBorder(in(src), out(dst), top, bottom, left, right, border, cv_(value)); });
}
NLCL_API const NlFailure* nlcl_cv_border_interpolate(int p, int length, int border, int* result) {
    return guarded([&] { *result = cv::borderInterpolate(p, length, border); });
}
