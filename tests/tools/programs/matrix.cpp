#include <iostream>
#include <stdexcept>
#include <vector>
class Matrix {
    size_t rows_, cols_;
    std::vector<double> data_;
public:
    Matrix(size_t r, size_t c, double v = 0) : rows_(r), cols_(c), data_(r * c, v) {}
    double &operator()(size_t r, size_t c) { return data_[r * cols_ + c]; }
    double operator()(size_t r, size_t c) const { return data_[r * cols_ + c]; }
    Matrix operator*(const Matrix &o) const {
        if (cols_ != o.rows_) throw std::invalid_argument("shape");
        Matrix m(rows_, o.cols_);
        for (size_t i = 0; i < rows_; ++i)
            for (size_t j = 0; j < o.cols_; ++j)
                for (size_t k = 0; k < cols_; ++k) m(i, j) += (*this)(i, k) * o(k, j);
        return m;
    }
    friend std::ostream &operator<<(std::ostream &os, const Matrix &m) {
        for (size_t i = 0; i < m.rows_; ++i) {
            for (size_t j = 0; j < m.cols_; ++j) os << (j ? " " : "") << m(i, j);
            os << "\n";
        }
        return os;
    }
};
int main() {
    Matrix a(2, 3, 1.5), b(3, 2);
    b(0, 0) = 2; b(1, 1) = 4; b(2, 0) = -1;
    std::cout << a * b;
    Matrix c = a;
    c(0, 0) = 100;
    std::cout << a(0, 0) << " " << c(0, 0) << "\n";
    try { a * c; } catch (const std::invalid_argument &e) { std::cout << "bad " << e.what() << "\n"; }
    std::vector<std::vector<int>> g(2, std::vector<int>(3, 7));
    g[0][1] = 1;
    for (auto &row : g) { for (int x : row) std::cout << x << ","; std::cout << "\n"; }
    return 0;
}
