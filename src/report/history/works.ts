/** What the page cites, by the short form that sources in nets and entries begin with. */
interface Work {
  cite: string;
  /** Other forms of the same. */
  also?: readonly string[];
  text: string;
}

interface Citation {
  number: number;
  /** Table, section or what else the source says behind the work. */
  place: string;
}

export interface Bibliography {
  /** Gives each work its number at its first mention. */
  cite(source: string): Citation;
  /** In the order of their numbers. */
  list(): string[];
}

/** A source that no work is known for stands in the list as it is. */
export function createBibliography(): Bibliography {
  const texts: string[] = [];
  const cite = (source: string): Citation => {
    const { text, place } = readSource(source);
    if (!texts.includes(text)) texts.push(text);
    return { number: texts.indexOf(text) + 1, place };
  };
  return { cite, list: () => texts };
}

/** The longest short form wins: "He et al. 2015b" begins with "He et al. 2015". */
export function readSource(source: string): { text: string; place: string; known: boolean } {
  const found = WORKS.flatMap(({ cite, also = [], text }) => [cite, ...also].map(form => ({ form, text })))
    .filter(({ form }) => source.startsWith(form))
    .sort((a, b) => b.form.length - a.form.length)[0];
  if (!found) return { text: source, place: '', known: false };
  const place = source.slice(found.form.length).replace(/^[,;]?\s*/, '');
  return { text: found.text, place, known: true };
}

const WORKS: readonly Work[] = [
  {
    cite: 'Rosenblatt 1957',
    text: 'F. Rosenblatt: The Perceptron, a Perceiving and Recognizing Automaton. Report 85-460-1, Cornell Aeronautical Laboratory, 1957',
  },
  {
    cite: 'Fukushima 1980',
    text: 'K. Fukushima: Neocognitron: A Self-organizing Neural Network Model for a Mechanism of Pattern Recognition Unaffected by Shift in Position. Biological Cybernetics 36, 1980',
  },
  {
    cite: 'LeCun et al. 1998',
    also: ['LeCun, Bottou, Bengio & Haffner 1998'],
    text: 'Y. LeCun, L. Bottou, Y. Bengio, P. Haffner: Gradient-Based Learning Applied to Document Recognition. Proceedings of the IEEE 86(11), 1998',
  },
  {
    cite: 'ILSVRC 2011, results',
    text: 'ImageNet Large Scale Visual Recognition Challenge 2011: results. image-net.org/challenges/LSVRC/2011/results',
  },
  {
    cite: 'Krizhevsky et al. 2012',
    also: ['Krizhevsky, Sutskever & Hinton 2012'],
    text: 'A. Krizhevsky, I. Sutskever, G. E. Hinton: ImageNet Classification with Deep Convolutional Neural Networks. NIPS 2012',
  },
  {
    cite: 'Lin et al. 2013',
    also: ['Lin, Chen & Yan 2013'],
    text: 'M. Lin, Q. Chen, S. Yan: Network In Network. arXiv:1312.4400, 2013',
  },
  {
    cite: 'Zeiler & Fergus 2013',
    also: ['Zeiler & Fergus'],
    text: 'M. D. Zeiler, R. Fergus: Visualizing and Understanding Convolutional Networks. arXiv:1311.2901, 2013',
  },
  {
    cite: 'Krizhevsky 2014',
    text: 'A. Krizhevsky: One weird trick for parallelizing convolutional neural networks. arXiv:1404.5997, 2014',
  },
  {
    cite: 'He et al. 2014',
    text: 'K. He, X. Zhang, S. Ren, J. Sun: Spatial Pyramid Pooling in Deep Convolutional Networks for Visual Recognition. arXiv:1406.4729, 2014',
  },
  {
    cite: 'Simonyan & Zisserman 2014',
    text: 'K. Simonyan, A. Zisserman: Very Deep Convolutional Networks for Large-Scale Image Recognition. arXiv:1409.1556, 2014',
  },
  {
    cite: 'Szegedy et al. 2014',
    text: 'C. Szegedy, W. Liu, Y. Jia, P. Sermanet, S. Reed, D. Anguelov, D. Erhan, V. Vanhoucke, A. Rabinovich: Going Deeper with Convolutions. arXiv:1409.4842, 2014',
  },
  {
    cite: 'Russakovsky et al. 2015',
    text: 'O. Russakovsky, J. Deng, H. Su et al.: ImageNet Large Scale Visual Recognition Challenge. International Journal of Computer Vision 115, 2015; arXiv:1409.0575',
  },
  {
    cite: 'He et al. 2015b',
    text: 'K. He, X. Zhang, S. Ren, J. Sun: Delving Deep into Rectifiers: Surpassing Human-Level Performance on ImageNet Classification. arXiv:1502.01852, 2015',
  },
  {
    cite: 'Ioffe & Szegedy 2015',
    text: 'S. Ioffe, C. Szegedy: Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift. arXiv:1502.03167, 2015',
  },
  {
    cite: 'Srivastava et al. 2015',
    also: ['Srivastava, Greff & Schmidhuber 2015'],
    text: 'R. K. Srivastava, K. Greff, J. Schmidhuber: Training Very Deep Networks. arXiv:1507.06228, 2015',
  },
  {
    cite: 'Szegedy et al. 2015',
    also: ['Szegedy, Vanhoucke, Ioffe, Shlens & Wojna 2015'],
    text: 'C. Szegedy, V. Vanhoucke, S. Ioffe, J. Shlens, Z. Wojna: Rethinking the Inception Architecture for Computer Vision. arXiv:1512.00567, 2015',
  },
  {
    cite: 'He et al. 2015',
    also: ['He, Zhang, Ren & Sun 2015'],
    text: 'K. He, X. Zhang, S. Ren, J. Sun: Deep Residual Learning for Image Recognition. arXiv:1512.03385, 2015',
  },
  {
    cite: 'K. He, deep-residual-networks, README',
    text: 'K. He: deep-residual-networks, README: errors of the released weights, and of the released VGG weights beside them. github.com/KaimingHe/deep-residual-networks, 2016',
  },
  {
    cite: 'Szegedy et al. 2016',
    also: ['Szegedy, Ioffe, Vanhoucke & Alemi 2016'],
    text: 'C. Szegedy, S. Ioffe, V. Vanhoucke, A. Alemi: Inception-v4, Inception-ResNet and the Impact of Residual Connections on Learning. arXiv:1602.07261, 2016',
  },
  {
    cite: 'He et al. 2016',
    also: ['He, Zhang, Ren & Sun 2016'],
    text: 'K. He, X. Zhang, S. Ren, J. Sun: Identity Mappings in Deep Residual Networks. arXiv:1603.05027, 2016',
  },
  {
    cite: 'ILSVRC 2016, results',
    text: 'ImageNet Large Scale Visual Recognition Challenge 2016: results. image-net.org/challenges/LSVRC/2016/results',
  },
  {
    cite: 'Hu et al. 2018',
    text: 'J. Hu, L. Shen, G. Sun: Squeeze-and-Excitation Networks. CVPR 2018; arXiv:1709.01507',
  },
];
